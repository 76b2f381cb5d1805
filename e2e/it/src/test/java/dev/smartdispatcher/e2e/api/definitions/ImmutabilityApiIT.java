package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.Answer;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A job that was allocated stays what it is: each field of its spec, as the schema has them, was tried. */
@ApiTier
class ImmutabilityApiIT {
    private static final Definition JOB = Definition.of("BuildJob");
    private static final Set<String> FREE = Set.of("priority", "suspend", "cancelled", "ttlSecondsAfterFinished");
    private static final String DEADLINE = "activeDeadlineSeconds";

    private final Trials trials;

    ImmutabilityApiIT(KubernetesClient client) {
        trials = new Trials(new RawApi(client));
    }

    @TestFactory
    Stream<DynamicTest> aFieldOfAnAllocatedJobIsNotChanged() {
        // The other sample's deadline is the shorter one.
        return each(field ->
                assertAnswer(field, change(allocated(), field, other(field)), isFree(field) || field.equals(DEADLINE)));
    }

    @TestFactory
    Stream<DynamicTest> aFieldOfAnAllocatedJobIsNotTakenAway() {
        return each(field -> {
            if (!isRequired(field)) {
                assertAnswer(field, change(allocated(), field, JsonNodeFactory.instance.nullNode()), isFree(field));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> nothingIsAddedToAnAllocatedJob() {
        return each(field -> {
            if (!isRequired(field)) {
                var bare = allocated();
                // Mounts are of volumes.
                bare.withObject("/spec")
                        .remove(field.equals("volumes") ? Set.of(field, "volumeMounts") : Set.of(field));
                // A job without a deadline has the longest there is.
                assertAnswer(field, change(bare, field, other(field)), isFree(field) || field.equals(DEADLINE));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFieldOfAJobThatWaitsMayBeChanged() {
        return each(field -> {
            var waiting = allocated();
            waiting.withObject("/status").remove(Set.of("allocation", "attempts"));
            assertAnswer(field, change(waiting, field, other(field)), true);
        });
    }

    private static boolean isFree(String field) {
        return FREE.contains(field);
    }

    private static boolean isRequired(String field) {
        return StreamSupport.stream(JOB.schema().at("/properties/spec/required").spliterator(), false)
                .anyMatch(name -> name.asText().equals(field));
    }

    private static void assertAnswer(String field, Answer answer, boolean accepted) {
        if (accepted) {
            assertThat(answer.accepted()).as(field + ": " + answer.message()).isTrue();
        } else {
            assertThat(answer.code()).as(field + ": " + answer.message()).isEqualTo(422);
            assertThat(answer.message())
                    .contains(field.equals(DEADLINE) ? BuildJob.SHORTER_DEADLINE : BuildJob.IMMUTABLE);
        }
    }

    private Answer change(ObjectNode before, String field, JsonNode value) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").set(field, value);
        return trials.change(JOB, before, patch);
    }

    private static ObjectNode allocated() {
        return Sample.of(JOB).object();
    }

    private static JsonNode other(String field) {
        var value = Sample.read("buildjob-other").object().path("spec").path(field);
        assertThat(value.isMissingNode())
                .as("api/samples/buildjob-other.yaml has to have " + field)
                .isFalse();
        assertThat(value)
                .as("another value of " + field)
                .isNotEqualTo(allocated().path("spec").path(field));
        return value;
    }

    private static Stream<DynamicTest> each(Consumer<String> test) {
        var fields = JOB.schema().at("/properties/spec/properties");
        return StreamSupport.stream(((Iterable<String>) fields::fieldNames).spliterator(), false)
                .map(field -> dynamicTest(field, () -> test.accept(field)));
    }
}

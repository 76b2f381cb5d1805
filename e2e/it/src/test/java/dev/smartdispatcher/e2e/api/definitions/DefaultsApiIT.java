package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Place;
import dev.smartdispatcher.e2e.definitions.Resource;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the API server fills in for users, who see it with {@code kubectl get -o yaml}. */
@ApiTier
class DefaultsApiIT {
    /** A spec as it is written, and as it is stored. */
    private record Filled(String kind, ObjectNode written, ObjectNode stored) {}

    private final Trials trials;

    DefaultsApiIT(KubernetesClient client) {
        trials = new Trials(new RawApi(client));
    }

    @TestFactory
    Stream<DynamicTest> aFieldThatIsLeftOutGetsItsDefault() {
        return Definition.shipped().stream().flatMap(definition -> definition.places().stream()
                .filter(place -> place.schema().has("default"))
                .map(place -> dynamicTest(definition + " " + place, () -> assertDefault(definition, place))));
    }

    @TestFactory
    Stream<DynamicTest> nothingElseIsFilledIn() {
        return filled().stream()
                .map(example -> dynamicTest(example.kind() + " " + example.written(), () -> assertThat(stored(example))
                        .isEqualTo(example.stored())));
    }

    /** Who reads an object that no server has filled in, as the embedded API's client may, sees the same. */
    @Test
    void theOperatorHasTheSameDefaults() {
        for (var example : filled()) {
            if (example.kind().equals("DispatchPolicy")) {
                assertThat(read(example.written(), DispatchPolicySpec.class))
                        .isEqualTo(read(stored(example), DispatchPolicySpec.class));
            } else if (example.kind().equals("BuildJob")) {
                assertSameMeaning(
                        read(example.written(), BuildJobSpec.class), read(stored(example), BuildJobSpec.class));
            }
        }
    }

    private static void assertSameMeaning(BuildJobSpec written, BuildJobSpec stored) {
        assertThat(written.workingDirOrDefault()).isEqualTo(stored.workingDirOrDefault());
        assertThat(written.priorityOrDefault()).isEqualTo(stored.priorityOrDefault());
        assertThat(written.expenseOrDefault()).isEqualTo(stored.expenseOrDefault());
        assertThat(written.retryOrDefault()).isEqualTo(stored.retryOrDefault());
        assertThat(written.cpuMillisPerProcess()).isEqualTo(stored.cpuMillisPerProcess());
        assertThat(written.parallelismOrDefault().least())
                .isEqualTo(stored.parallelismOrDefault().least());
        assertThat(written.parallelismOrDefault().most())
                .isEqualTo(stored.parallelismOrDefault().most());
    }

    private void assertDefault(Definition definition, Place place) {
        var sample = Sample.of(definition);
        var location = sample.find(place).orElseThrow();
        assertThat(sample.at(location))
                .as("the sample's value, which is no default")
                .isNotEqualTo(place.schema().get("default"));
        var without = sample.object().deepCopy();
        ((ObjectNode) without.at(location.pointer().head()))
                .remove(location.pointer().last().getMatchingProperty());
        var answer = trials.answer(definition, without, place.inStatus());
        assertThat(answer.accepted()).as(answer.message()).isTrue();
        assertThat(answer.body().at(location.pointer()))
                .isEqualTo(place.schema().get("default"));
    }

    private JsonNode stored(Filled example) {
        var definition = Definition.of(example.kind());
        var object = Sample.of(definition).object().deepCopy();
        object.remove("status");
        object.set("spec", example.written());
        var answer = trials.answer(definition, object, false);
        assertThat(answer.accepted()).as(answer.message()).isTrue();
        return answer.body().path("spec");
    }

    private static List<Filled> filled() {
        return Resource.yaml("/api/defaults.yaml", new TypeReference<>() {});
    }

    private static <T> T read(JsonNode spec, Class<T> type) {
        return Serialization.unmarshal(spec.toString(), type);
    }
}

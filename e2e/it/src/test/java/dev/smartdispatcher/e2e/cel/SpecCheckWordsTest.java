package dev.smartdispatcher.e2e.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.operator.validation.SpecCheck;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The operator's own check refuses what the rules of the CRD refuse, in the same words, and accepts what they accept. */
class SpecCheckWordsTest {
    private static final Definition JOB = Definition.of("BuildJob");

    @TestFactory
    Stream<DynamicTest> refused() {
        return cases(CelRule::refused, (rule, example) -> {
            var problems = problems(example.object(JOB));
            assertThat(problems).hasSize(1);
            var field = problems.get(0).substring(0, problems.get(0).indexOf(": "));
            assertThat(problems.get(0)).isEqualTo(field + ": " + rule.sentence(example));
            // A server names the item of a list too, and cannot name a field of the metadata.
            assertThat(rule.field(example).replaceAll("\\[\\d+]", "").replace("<nil>", "metadata.name"))
                    .isEqualTo(field);
        });
    }

    @TestFactory
    Stream<DynamicTest> accepted() {
        return cases(CelRule::accepted, (rule, example) -> assertThat(problems(example.object(JOB)))
                .isEmpty());
    }

    private interface Check {
        void check(CelRule rule, CelCase example);
    }

    /** Of all rules but those on changes, after which the operator acts on what it has recorded. */
    private static Stream<DynamicTest> cases(Function<CelRule, List<CelCase>> which, Check check) {
        return CelRule.of(JOB).stream().flatMap(rule -> which.apply(rule).stream()
                .filter(example -> !example.isChange())
                .map(example -> dynamicTest(rule + ": " + example, () -> check.check(rule, example))));
    }

    private static List<String> problems(ObjectNode object) {
        var job = Serialization.unmarshal(object.toString(), BuildJob.class);
        return SpecCheck.problems(job.getMetadata().getName(), job.getSpec());
    }
}

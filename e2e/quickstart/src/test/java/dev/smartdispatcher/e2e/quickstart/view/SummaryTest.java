package dev.smartdispatcher.e2e.quickstart.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final String FAILED = """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: j, namespace: default, annotations: {%s}}
            status:
              phase: Failed
              conditions:
              - {type: Failed, status: "True", reason: BuildFailed, message: exit code 3}
              attempts:
              - {number: 1, worker: w, outcome: BuildFailed, results: {claimName: out, directory: j/1}}
            """;

    private static JobView failed(String annotations) {
        return JobView.of(Serialization.unmarshal(FAILED.formatted(annotations), BuildJob.class));
    }

    @Test
    void aFailedJobTellsWhereItsLogAndResultsAre() {
        assertThat(Texts.detail(failed(""), List.of()))
                .isEqualTo("BuildFailed: exit code 3; log and results in out/j/1");
    }

    @Test
    void aJobIsExpectedToEndCompleteUnlessItsAnnotationSaysOtherwise() {
        assertThat(failed("").expected()).isEqualTo("Complete");
        assertThat(failed("").asExpected()).isFalse();
        var annotated = failed(Expectation.ANNOTATION + ": Failed/BuildFailed");
        assertThat(annotated.expected()).isEqualTo("Failed/BuildFailed");
        assertThat(annotated.asExpected()).isTrue();
    }
}

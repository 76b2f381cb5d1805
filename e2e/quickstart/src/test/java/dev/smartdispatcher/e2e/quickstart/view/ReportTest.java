package dev.smartdispatcher.e2e.quickstart.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.view.WorkerView;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String FAILED = """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: j, namespace: default, annotations: {%s}}
            status:
              phase: Failed
              conditions:
              - {type: Failed, status: "True", reason: BuildFailed, message: exit code 3}
              attempts:
              - {number: 1, worker: w, outcome: BuildFailed, exitCode: 3}
            """;

    private static ReportedJob failed(String annotations) {
        return ReportedJob.of(Serialization.unmarshal(FAILED.formatted(annotations), BuildJob.class));
    }

    @Test
    void aJobIsExpectedToEndCompleteUnlessItsAnnotationSaysOtherwise() {
        assertThat(failed("").expected()).isEqualTo("Complete");
        assertThat(failed("").asExpected()).isFalse();
        var annotated = failed(Expectation.ANNOTATION + ": Failed/BuildFailed");
        assertThat(annotated.expected()).isEqualTo("Failed/BuildFailed");
        assertThat(annotated.asExpected()).isTrue();
    }

    /** One object a job and one a worker, without what is not known. */
    @Test
    void theFileIsFlat(@TempDir Path directory) throws IOException {
        var worker = new ShownWorker(WorkerView.of("w", null), true);
        var file = directory.resolve("reports/report.json");
        new Report(List.of(failed("")), List.of(worker), List.of(), List.of()).write(file);
        assertThat(new ObjectMapper().readTree(file.toFile())).isEqualTo(new ObjectMapper().readTree("""
            {
              "jobs": [{
                "namespace": "default", "name": "j", "phase": "Failed", "exitCode": 3, "reason": "BuildFailed",
                "message": "exit code 3", "attempts": 1, "expected": "Complete", "asExpected": false
              }],
              "workers": [{"name": "w", "simulated": true, "conditions": []}],
              "checks": [],
              "refused": []
            }
            """));
    }

    @Test
    void onlySimulatedWorkersAreMarked() {
        var label = ShownWorker.labels(List.of(
                new ShownWorker(WorkerView.of("real", null), false),
                new ShownWorker(WorkerView.of("fake", null), true)));
        assertThat(label.apply("real")).isEqualTo("real");
        assertThat(label.apply("fake")).isEqualTo("fake (simulated)");
        assertThat(label.apply("gone")).isEqualTo("gone");
    }
}

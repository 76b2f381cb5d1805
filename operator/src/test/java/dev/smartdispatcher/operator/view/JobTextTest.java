package dev.smartdispatcher.operator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class JobTextTest {
    private static final String ALLOCATION =
            "allocation: {worker: w, hostArch: x86_64, mode: Native, parallelism: 4}\n";

    private static JobView view(String status) {
        return viewIn("default", Serialization.unmarshal(status, BuildJobStatus.class));
    }

    private static JobView viewIn(String namespace, BuildJobStatus status) {
        var metadata = new ObjectMetaBuilder().withNamespace(namespace).withName("j");
        return JobView.of(metadata.build(), status);
    }

    private static String detail(JobView job) {
        return JobText.detail(job, name -> "<" + name + ">");
    }

    @Test
    void aJobWithoutAStatusIsPendingAndNothingElseIsKnown() {
        var job = viewIn("default", null);
        assertThat(job)
                .isEqualTo(new JobView(
                        "default", "j", Phase.Pending, null, null, null, null, null, null, null, null, 0, null));
        assertThat(JobText.state(job)).isEqualTo("Pending");
        assertThat(detail(job)).isEmpty();
    }

    @Test
    void aPendingJobWithAReasonWaits() {
        var job = view("""
            phase: Pending
            waiting: {reason: NoWorkerFits, message: no worker has s390x}
            """);
        assertThat(JobText.state(job)).isEqualTo("Waiting");
        assertThat(detail(job)).isEqualTo("NoWorkerFits: no worker has s390x");
    }

    @Test
    void aRunningJobIsShownWithItsPlaceAndItsAttempt() {
        var job = view("phase: Running\n" + ALLOCATION + """
            attempts:
            - {number: 1, worker: v, outcome: WorkerLost}
            - {number: 2, worker: w, startTime: "2026-01-01T00:00:00Z"}
            """);
        assertThat(JobText.state(job)).isEqualTo("Running");
        assertThat(detail(job)).isEqualTo("<w>, x86_64 Native, parallelism 4, attempt 2");
    }

    @Test
    void aCompleteJobIsShownWithItsTimeAndItsResults() {
        var job = view("phase: Complete\n" + ALLOCATION + """
            conditions:
            - {type: Complete, status: "True", reason: Succeeded, message: done}
            attempts:
            - {number: 1, worker: w, startTime: "2026-01-01T00:00:00Z", endTime: "2026-01-01T00:01:05Z", exitCode: 0}
            results: {claimName: out, directory: j/1}
            """);
        assertThat(job.reason()).isEqualTo("Succeeded");
        assertThat(job.exitCode()).isZero();
        assertThat(detail(job)).isEqualTo("<w>, x86_64 Native, parallelism 4, 65 s, results in out/j/1");
    }

    @Test
    void aFailedJobIsShownWithItsReasonAndWhereItsLogAndResultsAre() {
        var job = view("""
            phase: Failed
            conditions:
            - {type: Failed, status: "True", reason: BuildFailed, message: exit code 3}
            attempts:
            - {number: 1, worker: w, outcome: BuildFailed, results: {claimName: out, directory: j/1}}
            """);
        assertThat(JobText.state(job)).isEqualTo("Failed");
        assertThat(detail(job)).isEqualTo("BuildFailed: exit code 3; log and results in out/j/1");
    }

    @Test
    void theLabelOmitsOnlyTheNamespaceDefault() {
        assertThat(viewIn("default", null).label()).isEqualTo("j");
        assertThat(viewIn("team", null).label()).isEqualTo("team/j");
    }
}

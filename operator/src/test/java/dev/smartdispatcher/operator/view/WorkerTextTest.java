package dev.smartdispatcher.operator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class WorkerTextTest {
    private static final String BUDGET = "budget: {cpu: 8, memory: 16Gi, disk: 100Gi, jobs: 4}\n";
    private static final String OPEN =
            "conditions: [{type: Schedulable, status: \"True\", reason: Schedulable, message: takes jobs}]\n";
    private static final String CLOSED =
            "conditions: [{type: Schedulable, status: \"False\", reason: Draining, message: kernel update}]\n";

    private static WorkerView view(String status) {
        return WorkerView.of("w", Serialization.unmarshal(status, BuildWorkerStatus.class));
    }

    @Test
    void aWorkerWithoutAStatusIsUnknown() {
        var worker = WorkerView.of("w", null);
        assertThat(worker.schedulability()).isEqualTo("unknown");
        assertThat(worker.busy()).isFalse();
        assertThat(WorkerText.allocated(worker)).isEmpty();
    }

    @Test
    void anOpenWorkerIsShownWithWhatItsBuildsWereGiven() {
        var worker = view(BUDGET + OPEN + "allocation: {cpu: 3, memory: 2Gi, disk: 1Gi, jobs: 2}");
        assertThat(worker.schedulability()).isEqualTo("schedulable");
        assertThat(worker.busy()).isTrue();
        assertThat(WorkerText.allocated(worker)).isEqualTo("CPU 3 of 8, memory 2Gi of 16Gi, jobs 2");
    }

    @Test
    void whatIsNotAllocatedCountsAsZero() {
        var worker = view(BUDGET + OPEN);
        assertThat(worker.busy()).isFalse();
        assertThat(WorkerText.allocated(worker)).isEqualTo("CPU 0 of 8, memory 0 of 16Gi, jobs 0");
    }

    @Test
    void aClosedWorkerIsShownWithTheReason() {
        var worker = view(BUDGET + CLOSED);
        assertThat(worker.schedulability()).isEqualTo("Draining");
        assertThat(WorkerText.allocated(worker)).isEqualTo("CPU 0 of 8, memory 0 of 16Gi, jobs 0 (kernel update)");
        assertThat(WorkerText.allocated(view(CLOSED))).isEqualTo("(kernel update)");
    }
}

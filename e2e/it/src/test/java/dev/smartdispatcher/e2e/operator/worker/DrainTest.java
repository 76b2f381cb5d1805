package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.HeldAllocations;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that is being emptied takes nothing more, loses nothing, and stays empty. */
@ExtendWith(HarnessExtension.class)
class DrainTest {
    private final Harness farm;

    DrainTest(Harness farm) {
        this.farm = farm;
    }

    @Test
    void aDrainStartsNothingAndLosesNothing() {
        farm.worker("w", 2);
        farm.withOperator().job("runs");
        var pod = farm.pod("runs", 1);
        farm.kubelet().running(pod);
        annotate("smartdispatcher.dev/drain", "kernel update");
        farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("Draining"));
        farm.job("next");
        assertThat(farm.until("next", s -> s.waiting() != null).waiting().reason())
                .isEqualTo(Reason.WorkersUnavailable);
        farm.kubelet().ended(pod, 0);
        farm.until("runs", s -> s.holds(BuildJobStatus.COMPLETE));
        farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.DRAINED).equals("NoBuilds"));
        annotate("smartdispatcher.dev/drain", null);
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    /** The allocation was decided before the drain, and gets through when the worker is said to be empty. */
    @Test
    void aDrainedWorkerStaysSo() {
        farm.worker("w", 1);
        var held = new HeldAllocations(farm);
        farm.withOperator().job("j");
        held.untilTried();
        annotate("smartdispatcher.dev/drain", "kernel update");
        farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.DRAINED).equals("NoBuilds"));
        held.close();
        var back = farm.until(
                "j",
                s -> s.condition(BuildJobStatus.DISPATCHED).isPresent()
                        && s.attempts().isEmpty());
        assertThat(back.allocation()).isNull();
        assertThat(farm.pods()).isEmpty();
        annotate("smartdispatcher.dev/drain", null);
        farm.kubelet().ended(farm.pod("j", 1), 0);
        farm.until("j", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    /** The reason is quoted in a condition, whose length the API server bounds. */
    @Test
    void aReasonToDrainMayBeLong() {
        farm.worker("w", 2);
        farm.withOperator();
        annotate("smartdispatcher.dev/drain", "kernel update ".repeat(100));
        farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("Draining"));
    }

    @Test
    void aDrainDeadlineStopsWhatStillRuns() {
        farm.worker("w", 2);
        farm.withOperator().job("long");
        var pod = farm.pod("long", 1);
        farm.kubelet().running(pod);
        farm.until("long", s -> s.holds(BuildJobStatus.RUNNING));
        annotate("smartdispatcher.dev/drain-deadline", "2026-01-01T00:00:00Z");
        annotate("smartdispatcher.dev/drain", "power off");
        await().until(() -> farm.pods().get(0).getMetadata().getDeletionTimestamp() != null);
        farm.kubelet().ended(pod, 143, "Error", "{\\\"exitCode\\\":143,\\\"terminated\\\":true}");
        var status = farm.until("long", s -> s.liveAttempt().isEmpty());
        assertThat(status.attempts().get(0).outcome()).isEqualTo(Reason.DrainDeadlinePassed);
        assertThat(status.finished()).isFalse();
    }

    /** As {@code kubectl annotate}: whatever else changes meanwhile. */
    private void annotate(String key, String value) {
        farm.client()
                .resources(BuildWorker.class)
                .withName("w")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + key + "\":"
                                + (value == null ? "null" : "\"" + value + "\"") + "}}}");
    }
}

package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.HeldAllocations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
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

    /**
     * The allocation was decided before the drain, and is written after it is known: the worker is not said to be drained before that
     * was taken back, and nothing is allocated there from then on.
     */
    @Test
    void nothingIsAllocatedOnAWorkerThatIsSaidToBeDrained() {
        farm.worker("w", 1);
        var allocated = new ConcurrentSkipListSet<Long>();
        var drained = new ConcurrentSkipListSet<Long>();
        try (var jobs = farm.client()
                        .resources(BuildJob.class)
                        .inNamespace(farm.namespace())
                        .watch(watcher(job -> {
                            if (job.getStatus() != null && job.getStatus().allocation() != null) {
                                allocated.add(version(job));
                            }
                        }));
                var workers = farm.client()
                        .resources(BuildWorker.class)
                        .withName("w")
                        .watch(watcher(worker -> {
                            if (Farm.reason(worker, BuildWorkerStatus.DRAINED).equals("NoBuilds")) {
                                drained.add(version(worker));
                            }
                        }))) {
            var held = new HeldAllocations(farm);
            farm.withOperator().job("j");
            held.untilTried();
            annotate("smartdispatcher.dev/drain", "kernel update");
            var draining = farm.untilWorker(
                    "w", w -> Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("Draining"));
            assertThat(Farm.reason(draining, BuildWorkerStatus.DRAINED)).isEqualTo("BuildsRunning");
            held.close();
            var back = farm.until(
                    "j",
                    s -> s.condition(BuildJobStatus.DISPATCHED).isPresent()
                            && s.attempts().isEmpty());
            assertThat(back.allocation()).isNull();
            farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.DRAINED).equals("NoBuilds"));
            assertThat(farm.pods()).isEmpty();
            await().untilAsserted(() -> assertThat(drained).isNotEmpty());
            assertThat(allocated.last()).isLessThan(drained.first());
        }
        annotate("smartdispatcher.dev/drain", null);
        farm.kubelet().ended(farm.pod("j", 1), 0);
        farm.until("j", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    private static <T> Watcher<T> watcher(Consumer<T> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                seen.accept(object);
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
    }

    /** A script that sets and removes the annotation each moment: nothing that runs is stopped, and the last word counts. */
    @Test
    void annotationsThatFlapStopNothing() {
        farm.worker("w", 2);
        farm.withOperator().job("runs");
        var pod = farm.pod("runs", 1);
        farm.kubelet().running(pod);
        for (int i = 0; i < 20; i++) {
            annotate("smartdispatcher.dev/drain", "again");
            annotate("smartdispatcher.dev/drain-deadline", "soon");
            annotate("smartdispatcher.dev/drain", null);
            annotate("smartdispatcher.dev/drain-deadline", null);
        }
        annotate("smartdispatcher.dev/drain", "at last");
        farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("Draining"));
        farm.kubelet().ended(pod, 0);
        farm.until("runs", s -> s.holds(BuildJobStatus.COMPLETE));
        farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.DRAINED).equals("NoBuilds"));
        assertThat(farm.status("runs").attempts()).hasSize(1);
    }

    @Test
    void aDrainSaysWhatKeepsItAndUntilWhen() {
        farm.worker("w", 2);
        farm.withOperator().job("runs", "activeDeadlineSeconds: 3600");
        farm.kubelet().running(farm.pod("runs", 1));
        farm.until("runs", s -> s.holds(BuildJobStatus.RUNNING));
        annotate("smartdispatcher.dev/drain", "kernel update");
        var worker = farm.untilWorker(
                "w", w -> Farm.reason(w, BuildWorkerStatus.DRAINED).equals("BuildsRunning"));
        assertThat(worker.getStatus()
                        .condition(BuildWorkerStatus.DRAINED)
                        .orElseThrow()
                        .message())
                .matches("1 build still runs: " + farm.namespace() + "/runs at the latest until \\S+Z");
    }

    /** The build is lost with a node whose end was announced: it starts anew elsewhere, however few retries it has. */
    @Test
    void aBuildThatIsInterruptedUsesUpNoRetry() {
        farm.worker("w", 2);
        farm.withOperator().job("j", "retry: {onWorkerLost: 0}");
        var pod = farm.pod("j", 1);
        farm.kubelet().running(pod);
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        taint("[{\"key\": \"karpenter.sh/disrupted\", \"effect\": \"NoSchedule\"}]");
        farm.untilWorker("w", w -> Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("NodeTerminating"));
        farm.kubelet().ended(pod, 143, "Error", "{\\\"exitCode\\\":143,\\\"terminated\\\":true}");
        var status = farm.until("j", s -> s.liveAttempt().isEmpty());
        assertThat(status.attempts().get(0).outcome()).isEqualTo(Reason.Interrupted);
        assertThat(status.finished()).isFalse();
        taint("null");
        farm.kubelet().ended(farm.pod("j", 2), 0);
        farm.until("j", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    private void taint(String taints) {
        farm.client()
                .nodes()
                .withName("w")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"taints\":" + taints + "}}");
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

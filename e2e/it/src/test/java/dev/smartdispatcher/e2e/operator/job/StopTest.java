package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that are suspended or cancelled, before their build begins and while it runs. */
@ExtendWith(HarnessExtension.class)
class StopTest {
    private final Harness farm;

    StopTest(Harness farm) {
        this.farm = farm;
    }

    private Pod runs(String more) {
        farm.worker("w", 4);
        farm.withOperator().job("j", more);
        var pod = farm.pod("j", 1);
        farm.kubelet().running(pod);
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        return pod;
    }

    private void set(String field, boolean value) {
        farm.client()
                .resources(BuildJob.class)
                .inNamespace(farm.namespace())
                .withName("j")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"" + field + "\":" + value + "}}");
    }

    private static boolean waitsFor(BuildJobStatus status, Reason reason) {
        return status.waiting() != null && status.waiting().reason() == reason;
    }

    @Test
    void aSuspendedJobIsNotDispatchedUntilItIsNoLongerSo() {
        farm.withOperator().job("j", "suspend: true");
        farm.until("j", s -> waitsFor(s, Reason.Suspended));
        farm.worker("w", 4);
        // One that came later is dispatched, so this one would have been.
        farm.job("k", "");
        farm.until("k", s -> !s.attempts().isEmpty());
        assertThat(farm.status("j").attempts()).isEmpty();
        assertThat(farm.status("j").waiting().message()).isEqualTo("spec.suspend is true");
        set("suspend", false);
        farm.until("j", s -> !s.attempts().isEmpty());
    }

    @Test
    void aBuildThatIsSuspendedIsStoppedAndBuiltAgain() {
        var pod = runs("retry: {onWorkerLost: 0, onFailure: 0}");
        set("suspend", true);
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        var waits = farm.until("j", s -> waitsFor(s, Reason.Suspended));
        assertThat(waits.attempts()).extracting(Attempt::outcome).containsExactly(Reason.Suspended);
        assertThat(waits.finished()).isFalse();
        set("suspend", false);
        var again = farm.pod("j", 2);
        farm.kubelet().ended(again, 0);
        var ended = farm.until("j", BuildJobStatus::finished);
        assertThat(ended.holds(BuildJobStatus.COMPLETE)).isTrue();
        assertThat(ended.attempts()).extracting(Attempt::outcome).containsExactly(Reason.Suspended, Reason.Succeeded);
    }

    /** Who takes it back while the build is being stopped has suspended it all the same: no worker was lost. */
    @Test
    void whatIsTakenBackMeanwhileCostsNoRetry() {
        var pod = runs("retry: {onWorkerLost: 0}");
        set("suspend", true);
        farm.untilDeleted(pod);
        set("suspend", false);
        farm.kubelet().gone(pod);
        farm.pod("j", 2);
        assertThat(farm.status("j").attempts().get(0).outcome()).isEqualTo(Reason.Suspended);
    }

    @Test
    void aJobThatIsCancelledWhileItWaitsHasFailed() {
        farm.withOperator().job("j", "");
        farm.until("j", s -> waitsFor(s, Reason.NoWorkers));
        set("cancelled", true);
        var failed = farm.until("j", BuildJobStatus::finished);
        var condition = failed.condition(BuildJobStatus.FAILED).orElseThrow();
        assertThat(condition.reason()).isEqualTo("Cancelled");
        assertThat(condition.message()).isEqualTo("spec.cancelled is true");
        assertThat(failed.waiting()).isNull();
    }

    /** By its deadline: to delete the pod would delete its log. */
    @Test
    void aBuildThatIsCancelledIsStoppedAndItsPodStays() {
        var pod = runs("retry: {onFailure: 5, onWorkerLost: 5}");
        set("cancelled", true);
        await().untilAsserted(() ->
                assertThat(now(pod).getMetadata().getAnnotations()).containsEntry(Annotations.DEADLINE_SECONDS, "1"));
        farm.kubelet().ended(pod, 124, "Error", "{\\\"exitCode\\\":124,\\\"deadlineExceeded\\\":true}");
        var failed = farm.until("j", BuildJobStatus::finished);
        assertThat(failed.condition(BuildJobStatus.FAILED).orElseThrow().reason())
                .isEqualTo("Cancelled");
        assertThat(failed.attempts()).extracting(Attempt::outcome).containsExactly(Reason.Cancelled);
        assertThat(now(pod).isMarkedForDeletion()).isFalse();
    }

    @Test
    void aPodWhoseBuildHasNotBegunGoes() {
        farm.worker("w", 4);
        farm.withOperator().job("j", "");
        var pod = farm.pod("j", 1);
        set("cancelled", true);
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        var failed = farm.until("j", BuildJobStatus::finished);
        assertThat(failed.condition(BuildJobStatus.FAILED).orElseThrow().reason())
                .isEqualTo("Cancelled");
    }

    @Test
    void aBuildThatSucceedsBeforeItCanBeStoppedHasSucceeded() {
        var pod = runs("");
        set("cancelled", true);
        farm.kubelet().ended(pod, 0);
        assertThat(farm.until("j", BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    private Pod now(Pod pod) {
        return farm.client()
                .pods()
                .inNamespace(farm.namespace())
                .withName(pod.getMetadata().getName())
                .get();
    }
}

package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import org.junit.jupiter.api.Test;

/** How attempts end with real kubelets and containers. */
@ClusterTier
class OutcomeClusterIT {
    @Test
    void killedForMemoryIsRepeatedWithMore(BuildFarm farm) {
        farm.submit("greedy", "head -c 120M /dev/zero | tail > /dev/null");
        var attempts = farm.await("greedy", "Complete").attempts();
        assertThat(attempts)
                .extracting("outcome")
                .startsWith(Reason.OutOfMemory)
                .endsWith(Reason.Succeeded);
        assertThat(attempts.get(1).memory().getNumericalAmount())
                .isGreaterThan(attempts.get(0).memory().getNumericalAmount());
    }

    /** The kernel kills a compiler, make goes on and fails. */
    @Test
    void killedChildOfALivingBuildIsOutOfMemory(BuildFarm farm) {
        farm.submit(
                "child",
                "sh -c \"head -c 300M /dev/zero | tail > /dev/null\" || { sleep 1; exit 2; }",
                "retry: {onOutOfResources: 0}");
        assertThat(only(farm, "child", "Failed").outcome()).isEqualTo(Reason.OutOfMemory);
    }

    @Test
    void buildThatCopesWithAKilledChildIsComplete(BuildFarm farm) {
        farm.submit("coping", "sh -c \"head -c 300M /dev/zero | tail > /dev/null\" || true; sleep 1");
        assertThat(only(farm, "coping", "Complete").outcome()).isEqualTo(Reason.Succeeded);
    }

    @Test
    void evictedForDiskIsRepeatedWithMore(BuildFarm farm) {
        farm.submit("wide", "head -c 100M /dev/zero > big; [ \"$BUILD_ATTEMPT\" -ge 2 ] || sleep 120");
        var attempts = farm.await("wide", "Complete").attempts();
        assertThat(attempts).extracting("outcome").containsExactly(Reason.OutOfDisk, Reason.Succeeded);
        assertThat(attempts.get(0).message()).contains("exceeds the limit");
    }

    @Test
    void deadlineEndsTheBuild(BuildFarm farm) {
        farm.submit("slow", "sleep 300", "activeDeadlineSeconds: 3");
        assertThat(only(farm, "slow", "Failed").outcome()).isEqualTo(Reason.DeadlineExceeded);
    }

    /** Its log can still be read, with what it said when it was told to end. */
    @Test
    void cancelledBuildEndsAtOnceAndKeepsItsLog(BuildFarm farm) {
        farm.submit("unwanted", "trap 'echo told to end; exit 1' TERM; echo begun; sleep 300 & wait");
        farm.await("unwanted", "Running");
        farm.kubectl().ok("patch", "bj", "unwanted", "--type=merge", "-p", "{\"spec\": {\"cancelled\": true}}");
        assertThat(only(farm, "unwanted", "Failed").outcome()).isEqualTo(Reason.Cancelled);
        assertThat(farm.kubectl().ok("logs", farm.pod("unwanted").getMetadata().getName()))
                .contains("begun", "told to end");
    }

    @Test
    void suspendedBuildStartsAnew(BuildFarm farm) {
        farm.submit("paused", "[ \"$BUILD_ATTEMPT\" -ge 2 ] || sleep 300", "retry: {onWorkerLost: 0}");
        farm.await("paused", "Running");
        farm.kubectl().ok("patch", "bj", "paused", "--type=merge", "-p", "{\"spec\": {\"suspend\": true}}");
        farm.until("paused", s -> s.waiting() != null && s.waiting().reason() == Reason.Suspended);
        farm.kubectl().ok("patch", "bj", "paused", "--type=merge", "-p", "{\"spec\": {\"suspend\": false}}");
        assertThat(farm.await("paused", "Complete").attempts())
                .extracting("outcome")
                .containsExactly(Reason.Suspended, Reason.Succeeded);
    }

    @Test
    void forceDeletedPodIsLostAndRepeated(BuildFarm farm) {
        farm.submit("deleted", "[ \"$BUILD_ATTEMPT\" -ge 2 ] || sleep 300");
        farm.await("deleted", "Running");
        var pod = farm.pod("deleted").getMetadata().getName();
        farm.kubectl().ok("delete", "pod", pod, "--grace-period=0", "--force");
        assertThat(farm.await("deleted", "Complete").attempts())
                .extracting("outcome")
                .containsExactly(Reason.WorkerLost, Reason.Succeeded);
    }

    /** The kubelet reports the end of a container a second before the phase of the pod; the next build may start by then. */
    @Test
    void endIsSeenBeforeThePhase(BuildFarm farm) {
        farm.submit("quick", "true");
        var end = only(farm, "quick", "Complete").endTime();
        var terminated = farm.pod("quick")
                .getStatus()
                .getContainerStatuses()
                .get(0)
                .getState()
                .getTerminated();
        assertThat(end).hasToString(terminated.getFinishedAt());
    }

    private static Attempt only(BuildFarm farm, String job, String condition) {
        var attempts = farm.await(job, condition).attempts();
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }
}

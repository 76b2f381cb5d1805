package dev.smartdispatcher.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How attempts end, as real kubelets and containers tell it. */
@ClusterTier
class OutcomeClusterIT {
    private static final String WHOLE_CPU =
            "resources: {cpuPerProcess: 1, memory: {base: 64Mi, perProcess: 32Mi}, disk: {size: 64Mi}}";

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

    /** Terminated is told a second before the phase: by then the next build may be on its way. */
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

    /** kube-scheduler has placed it, and the kubelet finds that there is no room: the attempt never ran. */
    @Test
    void podThatTheKubeletRejectsIsStartedElsewhere(BuildFarm farm) {
        var kubectl = farm.kubectl();
        var cpu = kubectl.ok("get", "node", "n1", "-o", "jsonpath={.status.allocatable.cpu}");
        farm.cordon("n2");
        farm.cluster().run("pause", "n1", "kubelet");
        try (var heart = Heartbeat.of(farm.cluster(), "n1")) {
            // Dispatcher and scheduler believe in more than there is.
            offer(kubectl, "8");
            intrude(kubectl);
            awaitLaterSecond(kubectl);
            farm.submit("rejected", "true", WHOLE_CPU);
            farm.until("rejected", status -> !status.attempts().isEmpty());
            // The pod follows its record.
            Awaitility.await("scheduled").atMost(BuildFarm.PATIENCE).untilAsserted(() -> assertThat(kubectl.ok(
                            "get", "pod", "-l", "smartdispatcher.dev/job=rejected", "-o", "jsonpath={..nodeName}"))
                    .isEqualTo("n1"));
            // The kubelet would believe it, too.
            offer(kubectl, cpu);
        } finally {
            farm.cluster().run("continue", "n1", "kubelet");
        }
        kubectl.ok("uncordon", "n2");
        var attempts = farm.await("rejected", "Complete").attempts();
        assertThat(attempts).extracting("outcome").containsExactly(Reason.StartFailed, Reason.Succeeded);
        assertThat(attempts.get(0).message()).contains("Pod was rejected").contains("cpu");
        kubectl.ok("delete", "pod", "intruder");
    }

    /** Another pod took the room between the decision and kube-scheduler: said, and waited for. */
    @Test
    void podThatFindsNoRoomIsNamed(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.cordon("n2");
        farm.cluster().run("pause", "control-plane", "kube-scheduler");
        try {
            farm.submit("squeezed", "true", WHOLE_CPU);
            farm.until("squeezed", status -> !status.attempts().isEmpty());
            intrude(kubectl);
            kubectl.ok("wait", "--for=condition=Ready", "pod/intruder", BuildFarm.patience());
        } finally {
            farm.cluster().run("continue", "control-plane", "kube-scheduler");
        }
        farm.until("squeezed", status -> status.condition("Running")
                .filter(running -> running.reason().equals(Reason.Unschedulable.name()))
                .filter(running -> running.message().contains("Insufficient cpu"))
                .isPresent());
        kubectl.ok("delete", "pod", "intruder");
        assertThat(farm.await("squeezed", "Complete").attempts()).hasSize(1);
    }

    private static void offer(Kubectl kubectl, String cpu) {
        var patch = "{\"status\": {\"allocatable\": {\"cpu\": \"" + cpu + "\"}}}";
        kubectl.ok("patch", "node", "n1", "--subresource=status", "--type=merge", "-p", patch);
    }

    /** A pod that comes to n1 past the scheduler, and takes half of it. */
    private static void intrude(Kubectl kubectl) {
        kubectl.apply("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: intruder}
                        spec:
                          nodeName: n1
                          restartPolicy: Never
                          terminationGracePeriodSeconds: 0
                          containers:
                          - name: intruder
                            image: local.test/busybox:1
                            command: [sleep, "600"]
                            resources: {requests: {cpu: "1"}}
                        """).succeeded();
    }

    /** A kubelet that has both before it takes the older first, and times of creation are whole seconds. */
    private static void awaitLaterSecond(Kubectl kubectl) {
        var created = Instant.parse(
                kubectl.get(Pod.class, "pod", "intruder").getMetadata().getCreationTimestamp());
        Awaitility.await("the next second").atMost(BuildFarm.PATIENCE).until(() -> !Instant.now()
                .isBefore(created.plusSeconds(1)));
    }

    private static Attempt only(BuildFarm farm, String job, String condition) {
        var attempts = farm.await(job, condition).attempts();
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }
}

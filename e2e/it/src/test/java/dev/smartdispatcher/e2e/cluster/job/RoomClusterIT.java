package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import dev.smartdispatcher.e2e.cluster.tier.Kubectl;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Pods for which the node has no room, although the operator and kube-scheduler had good reason to believe so. */
@ClusterTier
class RoomClusterIT {
    private static final String WHOLE_CPU =
            "resources: {cpuPerProcess: 1, memory: {base: 64Mi, perProcess: 32Mi}, disk: {size: 64Mi}}";

    /** kube-scheduler has placed the pod, but the kubelet finds no room for it: the attempt never ran. */
    @Test
    void podThatTheKubeletRejectsIsStartedElsewhere(BuildFarm farm) {
        var kubectl = farm.kubectl();
        var cpu = kubectl.ok("get", "node", "n1", "-o", "jsonpath={.status.allocatable.cpu}");
        farm.cordon("n2");
        farm.cluster().run("pause", "n1", "kubelet");
        try (var heart = Heartbeat.of(farm.cluster(), "n1")) {
            // The dispatcher and kube-scheduler now see more CPU than there is.
            offer(kubectl, "8");
            intrude(kubectl);
            awaitLaterSecond(kubectl);
            farm.submit("rejected", "true", WHOLE_CPU);
            farm.until("rejected", status -> !status.attempts().isEmpty());
            // The operator creates the pod after it has recorded the attempt.
            Awaitility.await("scheduled").atMost(BuildFarm.PATIENCE).untilAsserted(() -> assertThat(kubectl.ok(
                            "get", "pod", "-l", "smartdispatcher.dev/job=rejected", "-o", "jsonpath={..nodeName}"))
                    .isEqualTo("n1"));
            // Otherwise the kubelet would see it, too.
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

    /** Another pod took the room after the decision, before kube-scheduler acted: the job says so and waits. */
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

    /** A pod that bypasses kube-scheduler and takes one CPU of n1. */
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

    /** The kubelet admits older pods first, and creation times are in whole seconds. */
    private static void awaitLaterSecond(Kubectl kubectl) {
        var created = Instant.parse(
                kubectl.get(Pod.class, "pod", "intruder").getMetadata().getCreationTimestamp());
        Awaitility.await("the next second").atMost(BuildFarm.PATIENCE).until(() -> !Instant.now()
                .isBefore(created.plusSeconds(1)));
    }
}

package dev.smartdispatcher.operator.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.worker.node.PodRequests;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class LeanPodsTest {
    private static final String POD = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: p
          namespace: n
          uid: u
          labels:
            app.kubernetes.io/managed-by: smart-dispatcher
            smartdispatcher.dev/job: j
            smartdispatcher.dev/job-uid: job
            smartdispatcher.dev/worker: w
            smartdispatcher.dev/attempt: "2"
            other: label
          annotations: {smartdispatcher.dev/allocation: "{}", other: text}
          managedFields: [{manager: operator}]
          ownerReferences: [{apiVersion: smartdispatcher.dev/v1alpha1, kind: BuildJob, name: j, uid: OWNER}]
        spec:
          nodeName: node-1
          volumes: [{name: lists, configMap: {name: lists-1}}]
          containers:
          - name: build
            image: i
            command: [LONG]
            args: [LONG]
            env: [{name: BUILD_JOBS, value: "3"}, {name: BUILD_TEXT, value: LONG}, {name: TEXT, value: LONG}]
            resources: {requests: {cpu: 200m, memory: 64Mi}}
        status:
          phase: Running
          containerStatuses: [{name: build, state: {running: {startedAt: "2026-01-01T00:00:00Z"}}}]
        """;
    private static final String LONG = "x".repeat(5000);

    private static Pod kept(String owner) {
        var store = LeanPods.store();
        var pod = Serialization.unmarshal(POD.replace("LONG", LONG).replace("OWNER", owner), Pod.class);
        store.put(store.getKey(pod), pod);
        return store.get("n/p");
    }

    @Test
    void anAttemptIsKeptWithWhatItIsJudgedBy() {
        var pod = kept("job");
        assertThat(AttemptPod.of(pod)).contains(new AttemptPod("w", "job", 2));
        assertThat(PodRequests.of(pod)).isPresent();
        assertThat(pod.getMetadata().getAnnotations()).containsOnlyKeys("smartdispatcher.dev/allocation");
        assertThat(pod.getSpec().getVolumes().get(0).getConfigMap().getName()).isEqualTo("lists-1");
        assertThat(pod.getSpec().getContainers().get(0).getEnv()).containsExactly(new EnvVar("BUILD_JOBS", "3", null));
        assertThat(pod.getStatus().getContainerStatuses()).hasSize(1);
    }

    @Test
    void whatTheBuildRunsIsNotKept() {
        var pod = kept("job");
        assertThat(Serialization.asJson(pod)).doesNotContain(LONG);
        assertThat(pod.getMetadata().getManagedFields()).isEmpty();
        assertThat(pod.getMetadata().getLabels()).doesNotContainKey("other");
    }

    @Test
    void ofAPodThatIsNoAttemptIsKeptWhatItRequests() {
        var pod = kept("other");
        assertThat(AttemptPod.of(pod)).isEmpty();
        assertThat(PodRequests.of(pod)).isEqualTo(PodRequests.of(kept("job")));
        assertThat(pod.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(pod.getSpec().getVolumes()).isEmpty();
    }
}

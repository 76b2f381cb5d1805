package dev.smartdispatcher.operator.reconcile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.availability.PodRequests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class RequestsOnlyStoreTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: n, uid: u, resourceVersion: "7", annotations: {long: text}}
            spec:
              nodeName: node-1
              overhead: {cpu: 10m}
              initContainers:
              - {name: s, restartPolicy: Always, image: i, resources: {requests: {cpu: 100m}}}
              - {name: i, image: i, resources: {requests: {cpu: "2"}}}
              containers:
              - {name: a, image: i, env: [{name: A, value: b}], resources: {requests: {cpu: 200m, memory: 64Mi}}}
            status:
              phase: Running
              containerStatuses:
              - {name: a, image: i, resources: {requests: {cpu: 300m, memory: 64Mi}}}
            """;

    private final RequestsOnlyStore store = new RequestsOnlyStore();

    @Test
    void keepsTheRequestAndTheNodeAndLittleElse() {
        var pod = Serialization.unmarshal(POD, Pod.class);
        store.put(store.getKey(pod), pod);
        var kept = store.get("n/p");
        assertThat(PodRequests.of(kept)).isEqualTo(PodRequests.of(pod));
        assertThat(kept.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(kept.getMetadata().getAnnotations()).isEmpty();
        assertThat(kept.getSpec().getContainers().get(0).getEnv()).isEmpty();
    }
}

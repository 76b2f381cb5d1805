package dev.smartdispatcher.operator.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.worker.node.PodRequests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** However many containers and extended resources its tenant writes into it. */
    @Test
    void aPodOfAMegabyteIsKeptInSomeHundredBytes() {
        var resources = IntStream.range(0, 100)
                .mapToObj(i -> "example.com/%s-%d: \"0\"".formatted("r".repeat(40), i))
                .collect(Collectors.joining(", ", "{cpu: 1m, ", "}"));
        var containers = IntStream.range(0, 200)
                .mapToObj(i ->
                        "- {name: c%1$d, image: i, resources: {requests: %2$s, limits: %2$s}}".formatted(i, resources))
                .collect(Collectors.joining("\n"));
        var pod = Serialization.unmarshal(
                "apiVersion: v1\n"
                        + "kind: Pod\n"
                        + "metadata: {name: p, namespace: n}\n"
                        + "spec:\n"
                        + "  nodeName: node-1\n"
                        + "  containers:\n"
                        + containers.indent(2),
                Pod.class);
        store.put(store.getKey(pod), pod);
        assertThat(Serialization.asJson(pod)).hasSizeGreaterThan(1_000_000);
        assertThat(Serialization.asJson(store.get("n/p"))).hasSizeLessThan(1000);
        assertThat(PodRequests.of(store.get("n/p")))
                .isEqualTo(PodRequests.of(pod))
                .isPresent();
    }

    @Test
    void onesOfMoreThanAnyNodeHasCountForNothing() {
        var pod = Serialization.unmarshal(POD.replace("64Mi", "9Ei"), Pod.class);
        store.put(store.getKey(pod), pod);
        assertThat(PodRequests.of(pod)).isEmpty();
        assertThat(PodRequests.of(store.get("n/p"))).isEmpty();
    }
}

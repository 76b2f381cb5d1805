package dev.smartdispatcher.operator.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.node.NodeStates;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class LeanStoreTest {
    private static final String METADATA = """
        metadata:
          name: o
          labels: {team: a}
          annotations: {smartdispatcher.dev/drain: why, kubectl.kubernetes.io/last-applied-configuration: all of it}
          managedFields: [{manager: kubectl}]
        """;

    private static <T extends HasMetadata> T kept(LeanStore<T> store, String yaml, Class<T> type) {
        var object = Serialization.unmarshal(yaml, type);
        store.put(store.getKey(object), object);
        return store.get("o");
    }

    @Test
    void aNodeIsJudgedAsBefore() {
        var yaml = "apiVersion: v1\nkind: Node\n" + METADATA + """
            spec: {unschedulable: true, taints: [{key: k, effect: NoSchedule}]}
            status:
              allocatable: {cpu: "4", memory: 8Gi, pods: "10"}
              conditions: [{type: Ready, status: "True"}]
              images: [{names: [large], sizeBytes: 1}]
              volumesInUse: [v]
            """;
        var node = kept(LeanStore.nodes(), yaml, Node.class);
        assertThat(NodeStates.of(node, Room.NONE, Room.NONE))
                .isEqualTo(NodeStates.of(Serialization.unmarshal(yaml, Node.class), Room.NONE, Room.NONE));
        assertThat(node.getStatus().getImages()).isEmpty();
        assertThat(node.getStatus().getVolumesInUse()).isEmpty();
        assertThat(node.getMetadata().getManagedFields()).isEmpty();
        assertThat(node.getMetadata().getAnnotations()).isEmpty();
    }

    @Test
    void aNamespaceKeepsItsLabels() {
        var namespace = kept(LeanStore.namespaces(), "apiVersion: v1\nkind: Namespace\n" + METADATA, Namespace.class);
        assertThat(namespace.getMetadata().getLabels()).containsEntry("team", "a");
        assertThat(namespace.getMetadata().getAnnotations()).isEmpty();
    }

    @Test
    void aWorkerKeepsWhatIsAskedOfIt() {
        var worker = kept(
                LeanStore.whole(),
                "apiVersion: smartdispatcher.dev/v1alpha1\nkind: BuildWorker\n" + METADATA,
                BuildWorker.class);
        assertThat(worker.getMetadata().getAnnotations()).containsOnlyKeys("smartdispatcher.dev/drain");
        assertThat(worker.getMetadata().getManagedFields()).isEmpty();
    }
}

package dev.smartdispatcher.e2e.localnode;

import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.pods.NodeSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A local node {@code n1} in an embedded cluster without a scheduler, for the tests of a class. */
final class LocalNodeExtension implements BeforeAllCallback, AfterAllCallback {
    /** As the cluster's log of writes knows the node. */
    static final String AGENT = "local-node";

    private Path root;
    private EmbeddedCluster cluster;
    private LocalNode node;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        root = Files.createTempDirectory("local-node");
        cluster = EmbeddedCluster.start(ClusterOptions.DEFAULT.withoutScheduler());
        var spec = NodeSpec.of("n1", new Quantity("4"), new Quantity("8Gi"), new Quantity("20Gi"));
        node = LocalNode.start(cluster.newClient(AGENT), root, List.of(spec));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        node.close();
        cluster.close();
        PathUtils.deleteDirectory(root);
    }

    EmbeddedCluster cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return cluster.client();
    }

    /** Where the node keeps files. */
    Path root() {
        return root;
    }

    ShellPods pods() {
        return new ShellPods(client(), node);
    }

    String log(String pod) {
        return node.log("default", pod);
    }
}

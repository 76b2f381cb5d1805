package dev.smartdispatcher.e2e.embedded;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One embedded cluster for the tests of a class, which name their objects so that they do not meet. */
public final class ClusterExtension implements BeforeAllCallback, AfterAllCallback {
    private final ClusterOptions options;
    private EmbeddedCluster cluster;

    public ClusterExtension() {
        this(ClusterOptions.DEFAULT);
    }

    public ClusterExtension(ClusterOptions options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = EmbeddedCluster.start(options);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        cluster.close();
    }

    public EmbeddedCluster cluster() {
        return cluster;
    }

    public KubernetesClient client() {
        return cluster.client();
    }
}

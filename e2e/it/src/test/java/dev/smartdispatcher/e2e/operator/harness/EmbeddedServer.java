package dev.smartdispatcher.e2e.operator.harness;

import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.embedded.server.Faults;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.UnaryOperator;

/** The embedded API, each test's own. */
record EmbeddedServer(EmbeddedCluster cluster) implements TestServer {
    static EmbeddedServer start(ClusterOptions options) {
        return new EmbeddedServer(EmbeddedCluster.start(options));
    }

    @Override
    public KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public KubernetesClient operatorClient(UnaryOperator<ConfigBuilder> more) {
        return cluster.newClient(config -> more.apply(config.withUserAgent(Harness.OPERATOR)));
    }

    @Override
    public Faults faults() {
        return cluster.faults();
    }

    @Override
    public List<Write> operatorWrites() {
        return cluster.writes().doneBy(Harness.OPERATOR);
    }

    @Override
    public void close() {
        cluster.close();
    }
}

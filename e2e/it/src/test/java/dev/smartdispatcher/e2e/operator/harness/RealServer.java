package dev.smartdispatcher.e2e.operator.harness;

import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.embedded.server.Faults;
import dev.smartdispatcher.e2e.hollow.Binder;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The real API server, which all tests share: each has a namespace to itself, and the faults are in the operator's client. */
final class RealServer implements TestServer {
    /** No namespace ends where no controller runs. */
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private final KubernetesClient admin;
    private final KubernetesClient client;
    private final FaultyRequests requests = new FaultyRequests();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    RealServer(ControlPlane controlPlane) {
        admin = controlPlane.admin();
        client = opened(newClient("operator-test-" + NAMESPACES.incrementAndGet()));
        opened(requests);
        opened(new Binder(admin));
    }

    private KubernetesClient newClient(String namespace) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        return OperatorClient.of(new ConfigBuilder(admin.getConfiguration())
                .withNamespace(namespace)
                .build());
    }

    private <T extends AutoCloseable> T opened(T made) {
        opened.push(made);
        return made;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public KubernetesClient operatorClient(UnaryOperator<ConfigBuilder> more) {
        var config = new ConfigBuilder(client.getConfiguration()).withUserAgent(Harness.OPERATOR);
        return opened(OperatorClient.of(more.apply(config).build(), Optional.of(requests)));
    }

    @Override
    public Faults faults() {
        return requests.faults();
    }

    @Override
    public List<Write> operatorWrites() {
        return requests.writes();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the test's clients cannot be closed", e);
            }
        }
        Leftovers.remove(admin);
        // Of objects without a namespace.
        admin.v1().events().inNamespace("default").delete();
    }
}

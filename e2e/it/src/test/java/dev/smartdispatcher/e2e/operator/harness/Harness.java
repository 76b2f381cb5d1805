package dev.smartdispatcher.e2e.operator.harness;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.embedded.server.Faults;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.farm.Kubelet;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import dev.smartdispatcher.operator.client.OperatorClient;
import dev.smartdispatcher.web.Page;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A farm on an API server, with operators that come and go, and a kubelet that does what it is told. On the embedded one unless
 * {@link HarnessExtension} makes it.
 */
public final class Harness extends Farm implements AutoCloseable {
    /** The operator's user agent. */
    public static final String OPERATOR = "operator";

    private final TestServer server;
    private final Kubelet kubelet;
    private final AtomicInteger wakes = new AtomicInteger();
    private SmartDispatcher operator;
    private SimpleMeterRegistry metrics;

    public Harness() {
        this(ClusterOptions.DEFAULT);
    }

    public Harness(ClusterOptions options) {
        this(EmbeddedServer.start(options));
    }

    Harness(TestServer server) {
        super(server.client());
        this.server = server;
        kubelet = new Kubelet(server.client());
    }

    /**
     * What only the embedded API can do.
     *
     * @throws IllegalStateException on a real API server
     */
    public EmbeddedCluster cluster() {
        if (server instanceof EmbeddedServer embedded) {
            return embedded.cluster();
        }
        throw new IllegalStateException("this test is not for a real API server");
    }

    /** What requests are answered in place of being done. On a real API server only the operator's meet them. */
    public Faults faults() {
        return server.faults();
    }

    /** The operators' writes that were done, oldest first. */
    public List<Write> writes() {
        return server.operatorWrites();
    }

    public Kubelet kubelet() {
        return kubelet;
    }

    public Harness withOperator() {
        return operatorAt(Clock.systemUTC());
    }

    /** With the operator, or in its place another one, by this clock. */
    public Harness operatorAt(Clock clock) {
        return operator(server.operatorClient(config -> config), clock);
    }

    /** With an operator whose client sends failed requests again as often as it does elsewhere. */
    public Harness withRetryingOperator() {
        return operator(
                server.operatorClient(config -> config.withRequestRetryBackoffLimit(OperatorClient.RETRIES)),
                Clock.systemUTC());
    }

    private Harness operator(KubernetesClient with, Clock clock) {
        if (operator != null) {
            operatorEnds();
        }
        metrics = new SimpleMeterRegistry();
        operator = OperatorRun.start(with, clock, metrics);
        return this;
    }

    /** How many builds run by what the operator knew in its last pass. */
    public int runningBuilds() {
        return (int) metrics.get("smart_dispatcher.jobs.running").gauge().value();
    }

    /** What the operator serves to administrators. */
    public Map<String, Page> debugPages() {
        return operator.debugPages();
    }

    public void sweepLists() {
        operator.sweepLists();
    }

    /** As a crash for the cluster: nothing is cleaned up. */
    public void operatorEnds() {
        operator.close();
        operator = null;
    }

    /** An event for the operator: a clock that is moved wakes nobody. */
    public void wake() {
        for (var job : jobs(namespace())) {
            client().resource(job)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"labels\":{\"woken\":\"" + wakes.incrementAndGet() + "\"}}}");
        }
    }

    /** So many changes of other objects that the API server, which remembers this many, has forgotten those before. */
    public void outlastEvents(int remembered) {
        for (int i = 0; i <= remembered; i++) {
            client().resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withGenerateName("other-")
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    /** Returns when the operator has deleted the pod, which its node may keep. */
    public void untilDeleted(Pod pod) {
        await().until(() -> writes().stream()
                .anyMatch(w -> w.verb() == Verb.DELETE
                        && w.name().equals(pod.getMetadata().getName())));
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        server.close();
    }
}

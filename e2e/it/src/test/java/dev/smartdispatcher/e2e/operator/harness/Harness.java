package dev.smartdispatcher.e2e.operator.harness;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.embedded.request.Verb;
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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A farm on an embedded cluster, with operators that come and go, and a kubelet that does what it is told. */
public final class Harness extends Farm implements AutoCloseable {
    /** By which the cluster's log of writes knows the operator. */
    public static final String OPERATOR = "operator";

    private final EmbeddedCluster cluster;
    private final Kubelet kubelet;
    private final AtomicInteger wakes = new AtomicInteger();
    private SmartDispatcher operator;
    private SimpleMeterRegistry metrics;

    public Harness() {
        this(ClusterOptions.DEFAULT);
    }

    public Harness(ClusterOptions options) {
        this(EmbeddedCluster.start(options));
    }

    private Harness(EmbeddedCluster cluster) {
        super(cluster.client());
        this.cluster = cluster;
        kubelet = new Kubelet(cluster.client());
    }

    public EmbeddedCluster cluster() {
        return cluster;
    }

    public Kubelet kubelet() {
        return kubelet;
    }

    public Harness withOperator() {
        return operatorAt(Clock.systemUTC());
    }

    /** With the operator, or in its place another one, by this clock. */
    public Harness operatorAt(Clock clock) {
        return operator(cluster.newClient(OPERATOR), clock);
    }

    /** With an operator whose client sends failed requests again as often as it does elsewhere. */
    public Harness withRetryingOperator() {
        return operator(
                cluster.newClient(c -> c.withUserAgent(OPERATOR).withRequestRetryBackoffLimit(OperatorClient.RETRIES)),
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
        for (var job : jobs("default")) {
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
        await().until(() -> cluster.writes().doneBy(OPERATOR).stream()
                .anyMatch(w -> w.verb() == Verb.DELETE
                        && w.name().equals(pod.getMetadata().getName())));
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        cluster.close();
    }
}

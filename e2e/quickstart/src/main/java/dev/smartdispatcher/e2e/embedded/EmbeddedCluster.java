package dev.smartdispatcher.e2e.embedded;

import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.embedded.control.GarbageCollector;
import dev.smartdispatcher.e2e.embedded.log.WriteLog;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.server.ApiServer;
import dev.smartdispatcher.e2e.embedded.server.Faults;
import dev.smartdispatcher.e2e.embedded.server.HttpFront;
import dev.smartdispatcher.e2e.embedded.server.Watches;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.hollow.Binder;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A Kubernetes API, a binder of pods and a garbage collector in this process, with the project's CustomResourceDefinitions and
 * the usual namespaces. Nodes and what runs on them are not part of it.
 *
 * <p>Fabric8 clients can do all that an operator and an agent do; kubectl cannot connect. Everybody may do everything, and
 * CEL rules of the CRDs are not evaluated. Thread-safe. To be closed, which also closes the clients made here.
 */
public final class EmbeddedCluster implements AutoCloseable {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final ApiServer api;
    private final Watches watches;
    private final Faults faults = new Faults();
    private final HttpFront front;
    private final KubernetesClient client;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private EmbeddedCluster(ClusterOptions options) {
        api = new ApiServer(new ObjectStore(options.rememberedEvents()), options.clock());
        watches = new Watches(api);
        front = new HttpFront(api, faults, watches, options.port());
        opened.push(front);
        client = newClient("embedded-cluster");
        furnish(options);
        if (options.garbageCollector()) {
            opened.push(new GarbageCollector(api));
        }
        if (options.scheduler()) {
            opened.push(new Binder(newClient("kube-scheduler")));
        }
        api.log().clear();
    }

    /** A cluster with everything. */
    public static EmbeddedCluster start() {
        return start(ClusterOptions.DEFAULT);
    }

    public static EmbeddedCluster start(ClusterOptions options) {
        return new EmbeddedCluster(options);
    }

    /** The base URL of the API, for a client in another process. Plain HTTP, no credentials. */
    public String url() {
        return front.url();
    }

    /** A client with the namespace {@code default}, that does not retry: a failure is seen when it happens. */
    public KubernetesClient client() {
        return client;
    }

    /** A further such client, which {@link #writes} knows by {@code userAgent}. */
    public KubernetesClient newClient(String userAgent) {
        return newClient(config -> config.withUserAgent(userAgent));
    }

    /** A further client, configured further. */
    public synchronized KubernetesClient newClient(UnaryOperator<ConfigBuilder> more) {
        var made = new KubernetesClientBuilder()
                .withConfig(more.apply(new ConfigBuilder(Config.empty())
                                .withMasterUrl(url())
                                .withNamespace("default")
                                .withRequestRetryBackoffLimit(0))
                        .build())
                .withKubernetesSerialization(OperatorClient.serialization())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        opened.push(made);
        return made;
    }

    /** The writes since the start, done and refused, of clients and of the controllers here. */
    public WriteLog writes() {
        return api.log();
    }

    /** Refuses the next request that {@code which} picks with the HTTP status {@code status}. */
    public void failNext(Predicate<ApiRequest> which, int status) {
        faults.failNext(which, status);
    }

    /** Failures of other kinds. */
    public Faults faults() {
        return faults;
    }

    /** Breaks all watches, as an API server that restarts does. Clients come back by themselves. */
    public void dropWatches() {
        watches.dropAll();
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the embedded cluster cannot be closed", e);
            }
        }
    }

    private void furnish(ClusterOptions options) {
        for (var name : NAMESPACES) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        if (options.definitions()) {
            ShippedDefinitions.read().forEach(crd -> client.resource(crd).create());
        }
    }
}

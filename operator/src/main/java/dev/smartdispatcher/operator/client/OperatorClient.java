package dev.smartdispatcher.operator.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.operator.client.reading.ReadingModule;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;

/**
 * The client of the operator. Its watches are plain HTTP responses: over WebSockets, Fabric8's default, a watch that has just
 * begun may never learn that the API server is gone. Its cache then stays as it was for ever, and claims to be healthy.
 */
public final class OperatorClient {
    /**
     * How often a request that has no answer, or 429 or 5xx, is sent again: after a tenth and two tenths of a second. With
     * Fabric8's ten it holds its thread for some twenty seconds, so that a webhook that is down for one namespace soon holds
     * all threads and each cycle. Whoever sent the request does so again later.
     */
    public static final int RETRIES = 2;

    private OperatorClient() {}

    /** The configuration of an operator, from its surroundings. */
    public static Config config() {
        return new ConfigBuilder().withRequestRetryBackoffLimit(RETRIES).build();
    }

    /** The client of an operator that is the only one. */
    public static KubernetesClient of(Config config) {
        return of(config, Optional.empty());
    }

    /**
     * The client of an operator.
     *
     * @param fence in front of every request
     */
    public static KubernetesClient of(Config config, Optional<? extends Interceptor> fence) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config).withOnlyHttpWatches(true).build())
                .withKubernetesSerialization(serialization())
                .withHttpClientBuilderConsumer(http -> {
                    http.addOrReplaceInterceptor(AsciiWatches.class.getSimpleName(), new AsciiWatches());
                    fence.ifPresent(
                            f -> http.addOrReplaceInterceptor(f.getClass().getSimpleName(), f));
                })
                .build();
    }

    /**
     * The same client, for requests that are sent once: if one fails, it is known which one did. A further sending says nothing of
     * an earlier one that may be on its way still.
     */
    public static KubernetesClient once(KubernetesClient client) {
        return client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .adapt(KubernetesClient.class);
    }

    /** Reads whatever the API server holds: what of an object cannot be read is left out of it, and logged. */
    public static KubernetesSerialization serialization() {
        return new KubernetesSerialization(new ObjectMapper().registerModule(new ReadingModule()), true);
    }
}

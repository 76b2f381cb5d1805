package dev.smartdispatcher.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Optional;

/**
 * The client of the operator. Its watches are plain HTTP responses: over WebSockets, Fabric8's default, a watch that has just
 * begun may never learn that the API server is gone. Its cache then stays as it was for ever, and claims to be healthy.
 */
public final class OperatorClient {
    private OperatorClient() {}

    /** The client of an operator that is the only one. */
    public static KubernetesClient of(Config config) {
        return of(config, Optional.empty());
    }

    /**
     * The client of an operator.
     *
     * @param fence in front of every request
     */
    static KubernetesClient of(Config config, Optional<LeaseFence> fence) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config).withOnlyHttpWatches(true).build())
                .withHttpClientBuilderConsumer(http -> {
                    http.addOrReplaceInterceptor(AsciiWatches.class.getSimpleName(), new AsciiWatches());
                    fence.ifPresent(f -> http.addOrReplaceInterceptor(LeaseFence.class.getSimpleName(), f));
                })
                .build();
    }
}

package dev.smartdispatcher.cli.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The cluster, by the user's kubeconfig and rights.
 *
 * @param client to be closed with it
 * @param namespace in which the user works
 */
public record Cluster(KubernetesClient client, String namespace) implements AutoCloseable {
    /** A person waits: some 0.7 s until an API server that is away is said to be so. */
    private static final int RETRIES = 3;

    /**
     * Reads the kubeconfig as kubectl does; asks nothing of the cluster yet.
     *
     * @param kubeconfig the file; by default those of KUBECONFIG, or {@code ~/.kube/config}
     * @param context by default the current one
     * @param namespace by default the context's
     */
    public static Cluster open(Optional<Path> kubeconfig, Optional<String> context, Optional<String> namespace) {
        var config = new ConfigBuilder(config(kubeconfig, context))
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        var used = namespace
                .or(() -> Optional.ofNullable(config.getNamespace()))
                .filter(name -> !name.isEmpty())
                .orElse("default");
        return new Cluster(
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withKubernetesSerialization(serialization())
                        .build(),
                used);
    }

    /** The same, of another namespace; closing either closes both. */
    public Cluster in(String other) {
        return new Cluster(client, other);
    }

    @Override
    public void close() {
        client.close();
    }

    private static Config config(Optional<Path> kubeconfig, Optional<String> context) {
        var config = kubeconfig
                .map(file -> Config.fromKubeconfig(context.orElse(null), content(file), file.toString()))
                .orElseGet(() -> Config.autoConfigure(context.orElse(null)));
        var current = Optional.ofNullable(config.getCurrentContext()).map(c -> c.getName());
        if (context.isPresent() && !current.equals(context)) {
            var names = Optional.ofNullable(config.getContexts()).orElse(List.of()).stream()
                    .map(named -> named.getName())
                    .toList();
            throw ClusterException.of(
                    "no context '" + context.get() + "' in the kubeconfig" + Nearest.suggestion(context.get(), names));
        }
        if (current.isEmpty() && !isInCluster(config)) {
            throw ClusterException.of("no cluster: there is no kubeconfig, or it has no current context");
        }
        return config;
    }

    private static boolean isInCluster(Config config) {
        return config.getOauthToken() != null || config.getAutoOAuthToken() != null;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw ClusterException.of(file + ": cannot be read: " + e);
        }
    }

    /** The operator may be newer, and have words and fields that this program does not know. */
    private static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper()
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return new KubernetesSerialization(mapper, true);
    }
}

package dev.smartdispatcher.e2e.api.tier;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;

/** ConfigMaps with names of the operator's, which its policy may forbid to others. */
public final class OperatorMaps {
    private OperatorMaps() {}

    /** Immutable, in the namespace {@code default}. */
    public static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("entry.sh", "true"))
                .withImmutable(true)
                .build();
    }

    /** Whether this client may create one now. */
    public static boolean admitted(KubernetesClient client) {
        try {
            client.resource(map("entry-ffffffffffff")).dryRun().create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return false;
        }
    }
}

package dev.smartdispatcher.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What an API server said when it refused a request. */
public final class Refusals {
    private Refusals() {}

    /** Its own sentence, without what the client tells around it: fit for a status. */
    public static String message(KubernetesClientException refusal) {
        return Optional.ofNullable(refusal.getStatus())
                .map(status -> status.getMessage())
                .orElseGet(refusal::getMessage);
    }
}

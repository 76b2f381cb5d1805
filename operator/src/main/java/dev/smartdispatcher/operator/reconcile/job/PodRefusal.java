package dev.smartdispatcher.operator.reconcile.job;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * Why the API server did not create a pod.
 *
 * @param code HTTP status
 * @param message what it says
 */
record PodRefusal(int code, String message) {
    private static final int UNPROCESSABLE = 422;

    static PodRefusal of(KubernetesClientException e) {
        var said = e.getStatus() == null ? null : e.getStatus().getMessage();
        return new PodRefusal(e.getCode(), said == null ? e.getMessage() : said);
    }

    /** The namespace does not allow the pod, by a quota, a limit range or a policy. */
    boolean isByNamespace() {
        return code == HttpURLConnection.HTTP_FORBIDDEN && !isByAuthorization() && !isByUnreadiness();
    }

    /**
     * The operator itself may not create pods. An API server that has just started says so of everybody for a moment, until
     * it has read the roles.
     */
    boolean isByAuthorization() {
        return code == HttpURLConnection.HTTP_FORBIDDEN && message.contains("cannot create resource \"pods\"");
    }

    /** Admission plugins of an API server that has just started refuse what they cannot judge yet. */
    private boolean isByUnreadiness() {
        return message.contains("not yet ready to handle request");
    }

    /** The pod breaks a rule of the API. */
    boolean isInvalid() {
        return code == UNPROCESSABLE;
    }
}

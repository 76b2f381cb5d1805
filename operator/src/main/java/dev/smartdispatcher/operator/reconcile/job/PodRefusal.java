package dev.smartdispatcher.operator.reconcile.job;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.regex.Pattern;

/**
 * Why the API server did not create a pod, or a ConfigMap that it mounts.
 *
 * @param code HTTP status
 * @param message what it says
 */
record PodRefusal(int code, String message) {
    private static final int UNPROCESSABLE = 422;
    private static final Pattern NOT_AUTHORIZED = Pattern.compile("User \".*\" cannot [a-z]+ resource \"");

    static PodRefusal of(KubernetesClientException e) {
        var said = e.getStatus() == null ? null : e.getStatus().getMessage();
        return new PodRefusal(e.getCode(), said == null ? e.getMessage() : said);
    }

    /**
     * The namespace does not allow the pod, by a quota, a limit range or a policy. An admission webhook that denies without a
     * code of its own is told as a bad request.
     */
    boolean isByNamespace() {
        return code == HttpURLConnection.HTTP_BAD_REQUEST
                || code == HttpURLConnection.HTTP_FORBIDDEN && !isByAuthorization() && !isByUnreadiness();
    }

    /**
     * The operator itself may not do it. An API server that has just started says so of everybody for a moment, until
     * it has read the roles.
     */
    boolean isByAuthorization() {
        return code == HttpURLConnection.HTTP_FORBIDDEN
                && NOT_AUTHORIZED.matcher(message).find();
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

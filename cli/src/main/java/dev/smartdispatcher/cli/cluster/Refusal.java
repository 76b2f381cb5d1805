package dev.smartdispatcher.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What an API server's refusal, or its silence, means to a user. */
public final class Refusal {
    /** As Kubernetes' authorizers say it. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "User \"(?<user>[^\"]*)\" cannot (?<verb>[a-z]+) resource"
                    + " \"(?<resource>[^\"]*)\" in API group \"(?<group>[^\"]*)\"(?: in the namespace \"(?<namespace>[^\"]*)\")?");

    private static final int TOO_MANY_REQUESTS = 429;

    private Refusal() {}

    /** Does what is asked of the API server; throws a {@link ClusterException} if it does not do it. */
    public static <T> T translating(Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw of(e);
        }
    }

    /** The exception for users. */
    public static ClusterException of(KubernetesClientException e) {
        if (e.getCode() <= 0) {
            return ClusterException.away("the API server cannot be reached: " + cause(e), e);
        }
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                ClusterException.refused(
                        "the API server does not know who you are: log in again, or choose another --context", e);
            case HttpURLConnection.HTTP_FORBIDDEN -> ClusterException.refused(missingRight(said(e)), e);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                ClusterException.refused(
                        isUnknownKind(e)
                                ? "the cluster does not know Smart Dispatcher's kinds: install the chart, or choose another"
                                        + " --context"
                                : said(e),
                        e);
            case TOO_MANY_REQUESTS -> ClusterException.away("the API server has too much to do: " + said(e), e);
            default ->
                e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR
                        ? ClusterException.away("the API server fails: " + said(e), e)
                        : ClusterException.refused(said(e), e);
        };
    }

    /** Which right is missing, of what the API server said. */
    static String missingRight(String said) {
        var match = FORBIDDEN.matcher(said);
        if (!match.find()) {
            return said;
        }
        var group = match.group("group");
        return "you have no right to " + match.group("verb") + " " + match.group("resource")
                + (group.isEmpty() ? "" : "." + group)
                + Optional.ofNullable(match.group("namespace"))
                        .map(namespace -> " in namespace " + namespace)
                        .orElse(" in the whole cluster")
                + " (as " + match.group("user") + ")";
    }

    /** Not of an object that is not there: that answer names it. */
    private static boolean isUnknownKind(KubernetesClientException e) {
        var status = e.getStatus();
        return status == null
                || status.getDetails() == null
                || status.getDetails().getName() == null
                || status.getDetails().getName().isEmpty();
    }

    private static String said(KubernetesClientException e) {
        return e.getStatus() != null && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : String.valueOf(e.getMessage());
    }

    private static String cause(Throwable e) {
        var deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        var type = deepest.getClass().getSimpleName().replaceAll("Exception$", "");
        return deepest.getMessage() == null ? type : type + ": " + deepest.getMessage();
    }
}

package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs reconciliations that failed and are tried again: in one line where the API server refused or did not answer, with
 * the stack where the operator itself is at fault. (The framework's own lines always have the stack.)
 */
public final class FailureLog implements Metrics {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    @Override
    public void failedReconciliation(HasMetadata resource, Exception exception, Map<String, Object> metadata) {
        var name = resource.getKind() + " " + resource.getMetadata().getName();
        var refusal = refusal(exception);
        if (refusal.isEmpty()) {
            LOG.atError().setCause(exception).log("{} failed and will be reconciled again", name);
            return;
        }
        var e = refusal.get();
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
            LOG.debug("{} changed meanwhile and will be reconciled again", name);
        } else {
            LOG.atWarn()
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("{} will be reconciled again: {}", name, ApiFailure.reason(e));
        }
    }

    /** The framework wraps what reconcilers throw. */
    private static Optional<KubernetesClientException> refusal(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .findFirst();
    }
}

package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a Kubernetes Event for each thing that a user would ask about. Events are written beside the work, never before
 * it: they may be lost when the operator ends or the API server is slow, and nothing depends on them.
 */
public final class EventRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    /** Events that may wait to be written; further ones are dropped. */
    private static final int BACKLOG = 1000;
    /** kubectl looks for the Events of cluster-scoped objects here. */
    private static final String CLUSTER_SCOPED_NAMESPACE = "default";

    private final KubernetesClient client;
    private final Clock clock;
    private final AtomicLong sequence = new AtomicLong();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(BACKLOG),
            new DaemonThreads("events"),
            new ThreadPoolExecutor.DiscardPolicy());

    public EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Something went as it should. */
    public void normal(HasMetadata about, Reason reason, String message) {
        record(about, "Normal", reason, message);
    }

    /** Something an administrator or user may have to see to. */
    public void warning(HasMetadata about, Reason reason, String message) {
        record(about, "Warning", reason, message);
    }

    private void record(HasMetadata about, String type, Reason reason, String message) {
        var event = event(about, type, reason, message);
        writer.execute(() -> {
            try {
                client.resource(event).create();
            } catch (KubernetesClientException e) {
                LOG.atDebug()
                        .addKeyValue(LogKeys.REASON, reason)
                        .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                        .log("Event not written");
            }
        });
    }

    private Event event(HasMetadata about, String type, Reason reason, String message) {
        var meta = about.getMetadata();
        var namespace = meta.getNamespace() == null ? CLUSTER_SCOPED_NAMESPACE : meta.getNamespace();
        var now = clock.instant();
        // As client-go names Events: the object and a number that does not repeat.
        var name = meta.getName() + "." + Long.toHexString(now.toEpochMilli())
                + Long.toHexString(sequence.incrementAndGet());
        var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason.name())
                .withMessage(message)
                .withNewSource()
                .withComponent(Labels.OPERATOR)
                .endSource()
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
    }

    /** Waits a moment for those that are on their way. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.sync.SchedulerSync;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells jobs why they wait, side by side. What could not be written, or only says the same in other words and is not due yet,
 * is tried again in later cycles. Used by the scheduling cycle only, hence by one thread of the leader.
 */
final class WaitReasonWriter {
    private static final Logger LOG = LoggerFactory.getLogger(WaitReasonWriter.class);

    /** Unready jobs that are told after a scheduling cycle: ten thousand of one namespace would hold it up for half a minute. */
    private static final int MOST = 50;

    private final WaitingStatusWriter writer;
    private final Executor writers;
    /** By the job's UID, what it has not been told. */
    private final Map<String, Waiting> due = new HashMap<>();
    /** The unready jobs, by UID, that it was tried to tell since some were left: none holds up the others. */
    private final Set<String> tried = new HashSet<>();

    WaitReasonWriter(WaitingStatusWriter writer, Executor writers) {
        this.writer = writer;
        this.writers = writers;
    }

    /**
     * Tells what a scheduling cycle found out, what is left of earlier ones, and why unready jobs are not; whether more of these are left
     * than a scheduling cycle should wait for.
     */
    boolean publish(List<Wait> waits, SchedulerSync schedulerSync) {
        waits.forEach(wait -> due.put(wait.job().uid(), WaitingStatusWriter.waiting(wait)));
        due.keySet().removeIf(uid -> schedulerSync.job(uid).isEmpty());
        var published = new HashMap<String, CompletableFuture<Boolean>>();
        due.forEach((uid, waiting) -> {
            var job = schedulerSync.job(uid).orElseThrow();
            if (writer.isDue(job, waiting)) {
                published.put(uid, publishing(job, waiting));
            }
        });
        var news = schedulerSync.unready().stream()
                .filter(u -> !tried.contains(u.job().getMetadata().getUid()) && writer.isNews(u.job(), u.waiting()))
                .toList();
        var unready = news.stream().limit(MOST).map(this::tryOnce).toList();
        published.forEach((uid, publishing) -> {
            if (publishing.join()) {
                due.remove(uid);
            }
        });
        unready.forEach(CompletableFuture::join);
        writer.keepOnly(schedulerSync::waits);
        if (news.size() > MOST) {
            return true;
        }
        tried.clear();
        return false;
    }

    private CompletableFuture<Boolean> tryOnce(SchedulerSync.Unready unready) {
        tried.add(unready.job().getMetadata().getUid());
        return publishing(unready.job(), unready.waiting());
    }

    private CompletableFuture<Boolean> publishing(BuildJob job, Waiting waiting) {
        return CompletableFuture.supplyAsync(() -> publish(job, waiting), writers);
    }

    /** Whether the job has been told, or need not be. */
    boolean publish(BuildJob job, Waiting waiting) {
        try {
            return writer.publish(job, waiting);
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.JOB, job.getMetadata().getName())
                    .log("reason for waiting not written: {}", ApiFailure.reason(e));
            return false;
        }
    }
}

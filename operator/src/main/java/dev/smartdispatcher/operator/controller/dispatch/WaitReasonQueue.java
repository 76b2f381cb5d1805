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
 * The wait reasons that are still to be written. A cycle writes them side by side; later cycles try again what could not be written, or is
 * not due yet. Used by the scheduling cycle only, hence by one thread of the leader.
 */
final class WaitReasonQueue {
    private static final Logger LOG = LoggerFactory.getLogger(WaitReasonQueue.class);

    /** Unready jobs whose reason is written after a scheduling cycle: ten thousand of one namespace would delay it by half a minute. */
    private static final int MOST = 50;

    private final WaitReasonWriter writer;
    private final Executor writers;
    /** By the job's UID, the reason that is not written yet. */
    private final Map<String, Waiting> due = new HashMap<>();
    /** The unready jobs, by UID, that were tried since some were left: none delays the others. */
    private final Set<String> tried = new HashSet<>();

    WaitReasonQueue(WaitReasonWriter writer, Executor writers) {
        this.writer = writer;
        this.writers = writers;
    }

    /**
     * Writes what a scheduling cycle found out, what is left of earlier ones, and why unready jobs are not ready. Returns whether more of
     * these are left than a scheduling cycle should wait for.
     */
    boolean publish(List<Wait> waits, SchedulerSync schedulerSync) {
        waits.forEach(wait -> due.put(wait.job().uid(), WaitReasonWriter.waiting(wait)));
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

    /** Returns whether the reason is written, or need not be. */
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

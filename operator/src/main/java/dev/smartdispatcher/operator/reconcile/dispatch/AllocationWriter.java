package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.reconcile.ApiFailure;
import dev.smartdispatcher.operator.reconcile.DispatcherMetrics;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.reconcile.JobStatusWriter;
import dev.smartdispatcher.operator.reconcile.LogKeys;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes decisions into their jobs' statuses, many side by side, and tells the jobs' owners of those that are written. */
final class AllocationWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationWriter.class);

    private final JobStatusWriter writer;
    private final EventRecorder events;
    private final DispatcherMetrics metrics;
    private final ExecutorService writers;

    /** What is known of a decision after its write. */
    enum Outcome {
        /** The job carries it. */
        Written,
        /** It is not written, and will not be. */
        Refused,
        /**
         * It may be written, or still be on its way: there was no answer; or the job is another one than it was decided on,
         * or gone, whether by somebody else's write or by this very one, whose answer was lost before it was sent again.
         * Its room is taken until the job is seen.
         */
        Unknown
    }

    AllocationWriter(JobStatusWriter writer, EventRecorder events, DispatcherMetrics metrics, ExecutorService writers) {
        this.writer = writer;
        this.events = events;
        this.metrics = metrics;
        this.writers = writers;
    }

    /** A decision, and what became of its write. */
    record Sent(Decision decision, Outcome outcome) {}

    /** Returns when all writes have ended. */
    List<Sent> write(List<Decision> decisions) {
        var writes = decisions.stream()
                .map(d -> CompletableFuture.supplyAsync(() -> new Sent(d, send(d)), writers))
                .toList();
        return writes.stream().map(CompletableFuture::join).toList();
    }

    private Outcome send(Decision decision) {
        try {
            var written = writer.write(decision.job(), decision.status());
            written.ifPresentOrElse(job -> written(job, decision.placement()), metrics::conflicted);
            return written.isPresent() ? Outcome.Written : Outcome.Unknown;
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.JOB, decision.placement().job().key())
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("allocation not written: {}", ApiFailure.reason(e));
            return ApiFailure.isAnswer(e) && isUnwritten(decision) ? Outcome.Refused : Outcome.Unknown;
        }
    }

    /** What is refused may have been written before: the client sends again of itself what was not answered. */
    private boolean isUnwritten(Decision decision) {
        try {
            return writer.isStill(decision.job());
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void written(BuildJob job, Placement placement) {
        metrics.placed();
        var allocation = job.getStatus().allocation();
        LOG.atInfo()
                .addKeyValue(LogKeys.JOB, placement.job().key())
                .addKeyValue(LogKeys.ATTEMPT, placement.job().attempt())
                .addKeyValue(LogKeys.WORKER, allocation.worker())
                .addKeyValue(LogKeys.MODE, allocation.mode())
                .addKeyValue(LogKeys.PROCESSES, allocation.parallelism())
                .log("dispatched");
        events.normal(
                job,
                Reason.Dispatched,
                "attempt " + placement.job().attempt() + " on " + allocation.worker() + " (" + allocation.hostArch()
                        + ", "
                        + allocation.mode() + ") with N=" + allocation.parallelism() + ", memory "
                        + allocation.memory());
    }
}

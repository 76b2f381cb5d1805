package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import dev.smartdispatcher.operator.client.refusal.RefusalKind;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.scheduler.placement.Decision;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes decisions into their jobs' statuses, many side by side, and reports those that are written in Events. */
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
        /** The API server answers that it could not be done: it is not written, as far as is known. */
        Failing,
        /**
         * It may be written, or still be on its way: there was no answer, or one that says nothing of an earlier sending; or
         * the job is another one than it was decided on, or gone, whether by somebody else's write or by this very one. Its
         * room is taken until the job is seen.
         */
        Unknown
    }

    AllocationWriter(JobStatusWriter writer, EventRecorder events, DispatcherMetrics metrics, ExecutorService writers) {
        this.writer = writer;
        this.events = events;
        this.metrics = metrics;
        this.writers = writers;
    }

    /**
     * A decision, and what became of its write.
     *
     * @param said what the API server said, where it did not write it
     */
    record Sent(DecidedStatus decided, Outcome outcome, String said) {
        Sent(DecidedStatus decided, Outcome outcome) {
            this(decided, outcome, "");
        }
    }

    /** Returns when all writes have ended. */
    List<Sent> write(List<DecidedStatus> decided) {
        var cycle = MDC.get(LogKeys.CYCLE);
        var writes = decided.stream()
                .map(d -> CompletableFuture.supplyAsync(() -> send(d, cycle), writers))
                .toList();
        return writes.stream().map(CompletableFuture::join).toList();
    }

    private Sent send(DecidedStatus decided, String cycle) {
        try (var logged = MDC.putCloseable(LogKeys.CYCLE, cycle)) {
            return send(decided);
        }
    }

    private Sent send(DecidedStatus decided) {
        try {
            var written = writer.write(decided.job(), decided.status());
            written.ifPresentOrElse(job -> written(job, decided.decision()), metrics::conflicted);
            return new Sent(decided, written.isPresent() ? Outcome.Written : Outcome.Unknown);
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.JOB, decided.decision().key())
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("allocation not written: {}", ApiFailure.reason(e));
            return new Sent(decided, outcome(e), ApiFailure.reason(e));
        }
    }

    private static Outcome outcome(KubernetesClientException e) {
        var kind = ApiFailure.refusal(Verb.Update, "buildjobs", e).kind();
        if (ApiFailure.isOfContent(e) || kind == RefusalKind.TooLarge) {
            return Outcome.Refused;
        }
        return ApiFailure.isAnswer(e) ? Outcome.Failing : Outcome.Unknown;
    }

    private void written(BuildJob job, Decision decision) {
        int attempt = decision.claim().id().number();
        metrics.placed();
        var allocation = job.getStatus().allocation();
        LOG.atInfo()
                .addKeyValue(LogKeys.JOB, decision.key())
                .addKeyValue(LogKeys.ATTEMPT, attempt)
                .addKeyValue(LogKeys.WORKER, allocation.worker())
                .addKeyValue(LogKeys.MODE, allocation.mode())
                .addKeyValue(LogKeys.PARALLELISM, allocation.parallelism())
                .log("dispatched");
        events.normal(
                job,
                Reason.Dispatched,
                "attempt " + attempt + " on " + allocation.worker() + " (" + allocation.hostArch()
                        + ", "
                        + allocation.mode() + ") with parallelism " + allocation.parallelism() + ", memory "
                        + allocation.memory());
        decision.match(placement -> raised(placement))
                .ifPresent(message -> events.normal(job, Reason.EnvelopeRaised, message));
    }

    /** Past builds make the job get more memory than it would otherwise. */
    private static Optional<String> raised(Placement placement) {
        return placement
                .job()
                .declared()
                .filter(declared -> !placement.job().guessed())
                .map(declared -> declared.room(placement.parallelism()).memory())
                .filter(declared -> declared < placement.memory())
                .map(declared -> "past builds of the package needed more memory than "
                        + Quantities.formatBytes(declared) + ": it gets "
                        + Quantities.formatBytes(placement.memory()) + " with parallelism "
                        + placement.parallelism());
    }
}

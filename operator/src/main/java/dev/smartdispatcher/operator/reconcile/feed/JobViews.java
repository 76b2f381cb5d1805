package dev.smartdispatcher.operator.reconcile.feed;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.attempt.RetryPlacement;
import dev.smartdispatcher.operator.attempt.start.ImageOutages;
import dev.smartdispatcher.operator.attempt.start.StartHistory;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.EnvironmentProblems;
import dev.smartdispatcher.operator.refusal.ObjectFaults.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** What the pass is told of jobs that wait. */
final class JobViews {
    private final Caches caches;

    JobViews(Caches caches) {
        this.caches = caches;
    }

    /**
     * The view of a job whose spec is valid.
     *
     * @param matching the workers that satisfy requirements
     */
    JobView of(BuildJob job, BuildJobStatus status, Function<Requirements, Collection<Worker>> matching, Instant now) {
        var name = job.getSpec().environment();
        var pause = pause(status, now);
        if (pause.isPresent()) {
            return JobView.of(pause.get());
        }
        var start = startPause(status, now);
        if (start.isPresent()) {
            return JobView.of(start.get());
        }
        var environment = caches.environment(name);
        var unusable = EnvironmentProblems.obstacle(name, environment);
        if (unusable.isPresent()) {
            return obstacle(unusable.get().reason(), unusable.get().message());
        }
        var spec = environment.orElseThrow().getSpec();
        if (!caches.policyProblems().isEmpty()) {
            return obstacle(
                    Reason.InvalidPolicy,
                    "the DispatchPolicy is not valid: " + String.join("; ", caches.policyProblems()));
        }
        var passing = passing(job, status, environment.get(), now);
        if (passing.isPresent()) {
            return JobView.passing(passing.get());
        }
        var outage = outage(job, spec, now);
        if (outage.isPresent()) {
            return JobView.passing(outage.get());
        }
        var refusal = isolationRefusal(job);
        if (refusal.isPresent()) {
            return obstacle(Reason.IsolationNotAllowed, refusal.get());
        }
        try {
            return JobView.of(new PendingJobs(caches.policy().defaults(), matching, now).of(job, status, spec));
        } catch (IllegalArgumentException e) {
            // The job's own amounts were found right: what is left are the policy's.
            return obstacle(Reason.InvalidPolicy, "DispatchPolicy default, spec.defaults: " + e.getMessage());
        }
    }

    /** What twice came to nothing is not tried again at once. */
    private static Optional<Waiting> pause(BuildJobStatus status, Instant now) {
        return new RetryPlacement(status.attempts(), now)
                .pausedUntil()
                .map(until -> waiting(
                        Reason.BackingOff,
                        "next attempt after " + until.truncatedTo(ChronoUnit.SECONDS)
                                + ", because the last ones did not start or were lost; the latest: "
                                + status.lastAttempt().map(Attempt::message).orElse("nothing is known of it")));
    }

    /** What the API server has refused is not asked for again at once. */
    private Optional<Waiting> passing(BuildJob job, BuildJobStatus status, BuildEnvironment environment, Instant now) {
        var uid = job.getMetadata().getUid();
        var faults = caches.faults();
        var fault = faults.obstacle(Subject.POLICY, caches.policyGeneration(), uid, now)
                .or(() -> faults.obstacle(
                        Subject.environment(environment.getMetadata().getName()),
                        Caches.generation(environment),
                        uid,
                        now))
                .or(() -> faults.obstacle(Subject.job(uid), 0, uid, now))
                .map(told -> waiting(told.reason(), told.message()));
        return fault.or(() -> refused(job, status, now));
    }

    /** A job that was refused in words of its own keeps these. */
    private Optional<Waiting> refused(BuildJob job, BuildJobStatus status, Instant now) {
        var meta = job.getMetadata();
        return caches.holds()
                .told(meta.getNamespace())
                .filter(told -> caches.holds().stepsBack(meta.getNamespace(), meta.getUid(), now))
                .map(told -> Optional.ofNullable(status.waiting())
                        .filter(waiting -> waiting.reason() == told.reason())
                        .orElseGet(() -> waiting(told.reason(), told.message())));
    }

    /** What is in the way wherever the job goes is given time to be mended. */
    private static Optional<Waiting> startPause(BuildJobStatus status, Instant now) {
        return new StartHistory(status.attempts()).pausedUntil(now).map(until -> {
            var last = status.lastAttempt().orElseThrow();
            return waiting(
                    last.outcome(), last.message() + "; next attempt after " + until.truncatedTo(ChronoUnit.SECONDS));
        });
    }

    /** An image that the environment gives cannot be pulled: one job tries it, the others wait. */
    private Optional<Waiting> outage(BuildJob job, BuildEnvironmentSpec environment, Instant now) {
        var own = job.getSpec().image();
        return own != null && !own.isEmpty()
                ? Optional.empty()
                : caches.images()
                        .obstacle(
                                ImageOutages.of(
                                        environment, Optional.of(job.getSpec().targetArch())),
                                job.getMetadata().getNamespace(),
                                job.getMetadata().getUid(),
                                now)
                        .map(told -> waiting(
                                told.reason(),
                                "BuildEnvironment '" + job.getSpec().environment() + "': " + told.message()));
    }

    /** A policy may be changed: the job waits until it allows what the job asks for. */
    private Optional<String> isolationRefusal(BuildJob job) {
        var namespace = job.getMetadata().getNamespace();
        return new Isolations(caches.policy().isolation())
                .refusal(
                        job.getSpec().requiresOrNothing().isolationOrDefault(),
                        namespace,
                        caches.namespaceLabels(namespace));
    }

    private static JobView obstacle(Reason reason, String message) {
        return JobView.of(waiting(reason, message));
    }

    private static Waiting waiting(Reason reason, String message) {
        return new Waiting(reason, message, null, null, null);
    }
}

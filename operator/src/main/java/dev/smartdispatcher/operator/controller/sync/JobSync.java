package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.attempt.StopRequest;
import dev.smartdispatcher.operator.attempt.retry.RetryPlacement;
import dev.smartdispatcher.operator.attempt.start.StartHistory;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.environment.EnvironmentProblems;
import dev.smartdispatcher.operator.controller.past.PastBuilds;
import dev.smartdispatcher.operator.controller.past.WarmWorkers;
import dev.smartdispatcher.operator.controller.refusal.ImageOutages;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.policy.InstallerContexts;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes what the scheduler knows of a waiting job, or the reason why it cannot be placed whatever the workers. */
final class JobSync {
    private final ClusterView cluster;
    private final WarmWorkers warm;

    JobSync(ClusterView cluster, WarmWorkers warm) {
        this.cluster = cluster;
        this.warm = warm;
    }

    /**
     * The view of a job whose spec is valid.
     *
     * @param matching the workers that satisfy requirements
     */
    WaitingJob of(
            BuildJob job, BuildJobStatus status, Function<Requirements, Collection<Worker>> matching, Instant now) {
        var stop = StopRequest.of(job.getSpec());
        if (stop.isPresent()) {
            return obstacle(stop.get().reason(), stop.get().message());
        }
        var name = job.getSpec().environment();
        var pause = pause(status, now);
        if (pause.isPresent()) {
            return WaitingJob.of(pause.get());
        }
        var start = startPause(status, now);
        if (start.isPresent()) {
            return WaitingJob.of(start.get());
        }
        var environment = cluster.environment(name);
        var unusable = EnvironmentProblems.obstacle(name, environment);
        if (unusable.isPresent()) {
            return obstacle(unusable.get().reason(), unusable.get().message());
        }
        var spec = environment.orElseThrow().getSpec();
        if (!cluster.policyInForce().problems().isEmpty()) {
            return obstacle(
                    Reason.InvalidPolicy,
                    "the DispatchPolicy is not valid: "
                            + String.join("; ", cluster.policyInForce().problems()));
        }
        var passing = passing(job, status, environment.get(), now);
        if (passing.isPresent()) {
            return WaitingJob.passing(passing.get());
        }
        var outage = outage(job, spec, now);
        if (outage.isPresent()) {
            return WaitingJob.passing(outage.get());
        }
        var refusal = isolationRefusal(job);
        if (refusal.isPresent()) {
            return obstacle(Reason.IsolationNotAllowed, refusal.get());
        }
        var labels = cluster.namespaceLabels(job.getMetadata().getNamespace());
        var contexts = new InstallerContexts(
                cluster.policy().installers(), job.getSpec().hasOwnImage());
        var modes = Set.copyOf(job.getSpec().requiresOrNothing().modes());
        var forbidden = contexts.refusal(spec, job.getMetadata().getNamespace(), labels, modes);
        if (forbidden.isPresent()) {
            return obstacle(Reason.InstallerNotAllowed, "BuildEnvironment '" + name + "': " + forbidden.get());
        }
        try {
            return WaitingJob.of(
                    new PendingJobFactory(cluster.policy().defaults(), PastBuilds.in(cluster), matching, now)
                            .of(job, status, spec, contexts.demand(spec, labels))
                            .withWarm(warm.of(job, spec)));
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
        var faults = cluster.faults();
        var fault = faults.obstacle(Subject.POLICY, cluster.policyInForce().generation(), uid, now)
                .or(() -> faults.obstacle(
                        Subject.environment(environment.getMetadata().getName()),
                        ClusterView.generation(environment),
                        uid,
                        now))
                .or(() -> faults.obstacle(Subject.job(uid), 0, uid, now))
                .map(published -> waiting(published.reason(), published.message()));
        return fault.or(() -> refused(job, status, now));
    }

    /** A job that was refused in other words keeps these. */
    private Optional<Waiting> refused(BuildJob job, BuildJobStatus status, Instant now) {
        var meta = job.getMetadata();
        return cluster.holds()
                .published(meta.getNamespace())
                .filter(published -> cluster.holds().stepsBack(meta.getNamespace(), meta.getUid(), now))
                .map(published -> Optional.ofNullable(status.waiting())
                        .filter(waiting -> waiting.reason() == published.reason())
                        .orElseGet(() -> waiting(published.reason(), published.message())));
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
                : cluster.images()
                        .obstacle(
                                ImageOutages.of(
                                        environment, Optional.of(job.getSpec().targetArch())),
                                job.getMetadata().getNamespace(),
                                job.getMetadata().getUid(),
                                now)
                        .map(published -> waiting(
                                published.reason(),
                                "BuildEnvironment '" + job.getSpec().environment() + "': " + published.message()));
    }

    /** A policy may be changed: the job waits until it allows what the job asks for. */
    private Optional<String> isolationRefusal(BuildJob job) {
        var namespace = job.getMetadata().getNamespace();
        return new Isolations(cluster.policy().isolation())
                .refusal(
                        job.getSpec().requiresOrNothing().isolationOrDefault(),
                        namespace,
                        cluster.namespaceLabels(namespace));
    }

    private static WaitingJob obstacle(Reason reason, String message) {
        return WaitingJob.of(waiting(reason, message));
    }

    private static Waiting waiting(Reason reason, String message) {
        return Waiting.of(reason, message);
    }
}

package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal;
import dev.smartdispatcher.operator.client.refusal.RefusalKind;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes of attempts whose pods the API server does not create: who has to wait, and for how long an attempt goes on asking.
 * Safe for use by several threads.
 */
public final class PodRefusals {
    /** So often an attempt is told that its pod could not be created before it is taken back: in 15 seconds. */
    static final int MOST_TRIES = 5;

    private static final Duration SOON = Duration.ofSeconds(1);
    /** For an API server that has just started. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ClusterView cluster;
    private final Wake<BuildEnvironment> environments;
    private final Clock clock;
    /** By a job's UID, what its live attempt has been told so far. */
    private final Map<String, Tries> tries = new ConcurrentHashMap<>();

    /**
     * What an attempt has been told.
     *
     * @param failures answers that it could not be done
     * @param forbidden since when each answer has been that the operator may not do it
     */
    private record Tries(int attempt, int failures, Optional<Instant> forbidden) {}

    public PodRefusals(ClusterView cluster, Wake<BuildEnvironment> environments, Clock clock) {
        this.cluster = cluster;
        this.environments = environments;
        this.clock = clock;
    }

    /** The pod is there. */
    public void accepted(BuildJob job) {
        var uid = job.getMetadata().getUid();
        tries.remove(uid);
        cluster.holds().accepted(job.getMetadata().getNamespace(), uid, clock.instant());
        cluster.faults().accepted(Subject.POLICY, uid);
        var environment = job.getSpec().environment();
        if (cluster.faults().accepted(Subject.environment(environment), uid)) {
            environments.up(new ResourceID(environment));
        }
        cluster.faults().accepted(Subject.job(uid), uid);
    }

    /** Why an attempt is not to ask for its pod: its namespace was found to refuse after it was decided. */
    public Optional<Published> hold(BuildJob job) {
        var namespace = job.getMetadata().getNamespace();
        return cluster.holds().mayAsk(namespace, job.getMetadata().getUid())
                ? Optional.empty()
                : cluster.holds().published(namespace);
    }

    /** When to ask again; empty if that makes no sense for now. */
    public Optional<Duration> again(BuildJob job, Attempt attempt, ApiRefusal refusal) {
        var uid = job.getMetadata().getUid();
        var now = clock.instant();
        var kind = refusal.kind();
        if (kind == RefusalKind.AskAgain && refusal.code() == 0) {
            tries.remove(uid);
            return Optional.of(SOON);
        }
        if (kind != RefusalKind.AskAgain && kind != RefusalKind.NotAuthorized) {
            return Optional.empty();
        }
        cluster.holds().failing(job.getMetadata().getNamespace(), uid, now);
        var published = tries.compute(uid, (u, before) -> next(before, attempt, kind, now));
        if (kind == RefusalKind.NotAuthorized) {
            // Not by the age of the attempt: an API server that starts after a long time says so to old ones too.
            return now.isAfter(published.forbidden().orElse(now).plus(PATIENCE)) ? Optional.empty() : Optional.of(SOON);
        }
        return published.failures() < MOST_TRIES
                ? Optional.of(SOON.multipliedBy(1L << (published.failures() - 1)))
                : Optional.empty();
    }

    private static Tries next(Tries before, Attempt attempt, RefusalKind kind, Instant now) {
        var same = Optional.ofNullable(before).filter(t -> t.attempt() == attempt.number());
        return kind == RefusalKind.NotAuthorized
                ? new Tries(attempt.number(), 0, same.flatMap(Tries::forbidden).or(() -> Optional.of(now)))
                : new Tries(attempt.number(), same.map(Tries::failures).orElse(0) + 1, Optional.empty());
    }

    /** Lets those wait whom a refusal concerns; what they are told. */
    public Published wait(BuildJob job, ApiRefusal refusal) {
        var uid = job.getMetadata().getUid();
        var now = clock.instant();
        tries.remove(uid);
        var kind = refusal.kind();
        var published = new Published(kind.reason(), sentence(job, kind, refusal));
        var faults = cluster.faults();
        switch (kind) {
            case InvalidPolicy ->
                faults.refused(Subject.POLICY, cluster.policyInForce().generation(), published, uid, now);
            case InvalidEnvironment -> {
                var name = job.getSpec().environment();
                var generation =
                        cluster.environment(name).map(ClusterView::generation).orElse(0L);
                faults.refused(Subject.environment(name), generation, published, uid, now);
                environments.up(new ResourceID(name));
            }
            case TooLarge -> faults.refused(Subject.job(uid), 0, published, uid, now);
            default -> cluster.holds().refused(job.getMetadata().getNamespace(), uid, published, now);
        }
        return published;
    }

    /** Lets the jobs of its namespace wait. */
    public void wait(BuildJob job, Published published) {
        tries.remove(job.getMetadata().getUid());
        cluster.holds()
                .refused(job.getMetadata().getNamespace(), job.getMetadata().getUid(), published, clock.instant());
    }

    /** Lets this job wait. */
    public void waitAlone(BuildJob job, Published published) {
        var uid = job.getMetadata().getUid();
        tries.remove(uid);
        cluster.faults().refused(Subject.job(uid), 0, published, uid, clock.instant());
    }

    private static String sentence(BuildJob job, RefusalKind kind, ApiRefusal refusal) {
        return switch (kind) {
            case InvalidPolicy, PolicyNotPermitted -> "DispatchPolicy: " + refusal.message();
            case InvalidEnvironment -> "BuildEnvironment '" + job.getSpec().environment() + "': " + refusal.message();
            default -> refusal.message();
        };
    }

    /** The job is gone. */
    public void forget(BuildJob job) {
        tries.remove(job.getMetadata().getUid());
    }
}

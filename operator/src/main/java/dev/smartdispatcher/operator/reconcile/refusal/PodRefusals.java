package dev.smartdispatcher.operator.reconcile.refusal;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.dispatch.share.Hold.Told;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.Wake;
import dev.smartdispatcher.operator.refusal.ApiRefusal;
import dev.smartdispatcher.operator.refusal.Meaning;
import dev.smartdispatcher.operator.refusal.ObjectFaults.Subject;
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

    private final Caches caches;
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

    public PodRefusals(Caches caches, Wake<BuildEnvironment> environments, Clock clock) {
        this.caches = caches;
        this.environments = environments;
        this.clock = clock;
    }

    /** The pod is there. */
    public void accepted(BuildJob job) {
        var uid = job.getMetadata().getUid();
        tries.remove(uid);
        caches.holds().accepted(job.getMetadata().getNamespace(), uid, clock.instant());
        caches.faults().accepted(Subject.POLICY, uid);
        var environment = job.getSpec().environment();
        if (caches.faults().accepted(Subject.environment(environment), uid)) {
            environments.up(new ResourceID(environment));
        }
        caches.faults().accepted(Subject.job(uid), uid);
    }

    /** Why an attempt is not to ask for its pod: its namespace was found to refuse after it was decided. */
    public Optional<Told> hold(BuildJob job) {
        var namespace = job.getMetadata().getNamespace();
        return caches.holds().mayAsk(namespace, job.getMetadata().getUid())
                ? Optional.empty()
                : caches.holds().told(namespace);
    }

    /** When to ask again; empty if that makes no sense for now. */
    public Optional<Duration> again(BuildJob job, Attempt attempt, ApiRefusal refusal) {
        var uid = job.getMetadata().getUid();
        var now = clock.instant();
        var meaning = refusal.meaning();
        if (meaning == Meaning.AskAgain && refusal.code() == 0) {
            tries.remove(uid);
            return Optional.of(SOON);
        }
        if (meaning != Meaning.AskAgain && meaning != Meaning.NotAuthorized) {
            return Optional.empty();
        }
        caches.holds().failing(job.getMetadata().getNamespace(), uid, now);
        var told = tries.compute(uid, (u, before) -> next(before, attempt, meaning, now));
        if (meaning == Meaning.NotAuthorized) {
            // Not by the age of the attempt: an API server that starts after a long time says so to old ones too.
            return now.isAfter(told.forbidden().orElse(now).plus(PATIENCE)) ? Optional.empty() : Optional.of(SOON);
        }
        return told.failures() < MOST_TRIES
                ? Optional.of(SOON.multipliedBy(1L << (told.failures() - 1)))
                : Optional.empty();
    }

    private static Tries next(Tries before, Attempt attempt, Meaning meaning, Instant now) {
        var same = Optional.ofNullable(before).filter(t -> t.attempt() == attempt.number());
        return meaning == Meaning.NotAuthorized
                ? new Tries(attempt.number(), 0, same.flatMap(Tries::forbidden).or(() -> Optional.of(now)))
                : new Tries(attempt.number(), same.map(Tries::failures).orElse(0) + 1, Optional.empty());
    }

    /** Lets those wait whom a refusal concerns; what they are told. */
    public Told wait(BuildJob job, ApiRefusal refusal) {
        var uid = job.getMetadata().getUid();
        var now = clock.instant();
        tries.remove(uid);
        var meaning = refusal.meaning();
        var told = new Told(meaning.reason(), sentence(job, meaning, refusal));
        var faults = caches.faults();
        switch (meaning) {
            case InvalidPolicy -> faults.refused(Subject.POLICY, caches.policyGeneration(), told, uid, now);
            case InvalidEnvironment -> {
                var name = job.getSpec().environment();
                var generation =
                        caches.environment(name).map(Caches::generation).orElse(0L);
                faults.refused(Subject.environment(name), generation, told, uid, now);
                environments.up(new ResourceID(name));
            }
            case TooLarge -> faults.refused(Subject.job(uid), 0, told, uid, now);
            default -> caches.holds().refused(job.getMetadata().getNamespace(), uid, told, now);
        }
        return told;
    }

    /** Lets the jobs of its namespace wait. */
    public void wait(BuildJob job, Told told) {
        tries.remove(job.getMetadata().getUid());
        caches.holds()
                .refused(job.getMetadata().getNamespace(), job.getMetadata().getUid(), told, clock.instant());
    }

    /** Lets this job wait. */
    public void waitAlone(BuildJob job, Told told) {
        var uid = job.getMetadata().getUid();
        tries.remove(uid);
        caches.faults().refused(Subject.job(uid), 0, told, uid, clock.instant());
    }

    private static String sentence(BuildJob job, Meaning meaning, ApiRefusal refusal) {
        return switch (meaning) {
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

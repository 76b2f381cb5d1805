package dev.smartdispatcher.operator.health;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.Blame;
import java.time.Duration;
import java.util.Optional;

/** Makes endings of the attempts in jobs' statuses. */
public final class Endings {
    private Endings() {}

    /** What an attempt says of its worker; empty if it is live, or says nothing. */
    public static Optional<Ending> of(String uid, String namespace, String name, BuildJobSpec spec, Attempt attempt) {
        var verdict = verdict(attempt);
        if (verdict.isEmpty() || attempt.endTime() == null) {
            return Optional.empty();
        }
        var packageName = spec.packageName() == null ? name : spec.packageName();
        var image = spec.image() == null || spec.image().isEmpty()
                ? spec.environment() + " for " + spec.targetArch()
                : spec.image();
        var ran = Optional.ofNullable(attempt.startTime())
                .filter(start -> verdict.get() != Verdict.NotRunnable)
                .map(start -> Duration.between(start, attempt.endTime()))
                .map(time -> time.isNegative() ? Duration.ZERO : time);
        return Optional.of(new Ending(
                uid,
                attempt.number(),
                attempt.worker(),
                namespace + "/" + packageName,
                image,
                attempt.dispatchTime() == null ? attempt.endTime() : attempt.dispatchTime(),
                ran,
                attempt.endTime(),
                verdict.get(),
                text(namespace, name, attempt, ran)));
    }

    private static Optional<Verdict> verdict(Attempt attempt) {
        if (attempt.outcome() == null) {
            return Optional.empty();
        }
        return switch (attempt.outcome()) {
            case Succeeded -> Optional.of(Verdict.Succeeded);
            case BuildFailed, DeadlineExceeded, IdleDeadlineExceeded, InstallFailed -> Optional.of(Verdict.Failed);
            case EntryNotRunnable -> Optional.of(Verdict.NotRunnable);
            case StartFailed, WorkerLost -> Blame.isTheWorkers(attempt) ? Optional.of(Verdict.Died) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String text(String namespace, String name, Attempt attempt, Optional<Duration> ran) {
        return attempt.endTime() + " " + namespace + "/" + name + " attempt " + attempt.number() + ": "
                + attempt.outcome()
                + ran.map(time -> " after " + time.toSeconds() + " s").orElse("");
    }
}

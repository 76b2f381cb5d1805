package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.retry.EnvelopeGrowth;
import dev.smartdispatcher.operator.attempt.retry.GrowthLimit;
import dev.smartdispatcher.operator.profile.LearnedEnvelope;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a job gets in the end: what it requests, changed by what is known of earlier builds, and after attempts that ran out of
 * something by what these had; as far as some worker can give it.
 *
 * @param guessed whether nobody said how much memory it needs, and nothing has shown it
 * @param declared what it would get without earlier builds; empty if that is the same
 */
record SizedEnvelope(Envelope envelope, boolean guessed, Optional<Envelope> declared) {

    /**
     * The envelope for the next attempt.
     *
     * @param guessed whether the job says nothing of memory
     * @param matching workers that satisfy the job's requirements; asked only where there is something to limit
     */
    static SizedEnvelope of(
            Envelope declared,
            boolean guessed,
            LearnedEnvelope learned,
            List<Attempt> attempts,
            Supplier<Collection<Worker>> matching) {
        var envelope = limited(declared, learned.envelope(), attempts, matching);
        boolean shown = learned.replaces() || attempts.stream().anyMatch(a -> a.outcome() == Reason.OutOfMemory);
        var without = learned.known()
                ? Optional.of(limited(declared, declared, attempts, matching))
                : Optional.<Envelope>empty();
        return new SizedEnvelope(envelope, guessed && !shown, without.filter(other -> !hasMemoryOf(other, envelope)));
    }

    private static boolean hasMemoryOf(Envelope one, Envelope other) {
        return one.base() == other.base() && one.perProcess() == other.perProcess();
    }

    private static Envelope limited(
            Envelope declared, Envelope learned, List<Attempt> attempts, Supplier<Collection<Worker>> matching) {
        var grown = grown(learned, attempts);
        // Whoever can host what is declared can host this.
        var base = learned.smallest().memory() <= declared.smallest().memory()
                ? learned.withDisk(declared.disk())
                : declared;
        return grown.equals(base) ? base : GrowthLimit.within(base, grown, matching.get());
    }

    private static Envelope grown(Envelope before, List<Attempt> attempts) {
        var grown = EnvelopeGrowth.grow(before.base(), before.perProcess(), before.disk(), attempts);
        return before.withMemory(grown.base(), grown.perProcess()).withDisk(grown.disk());
    }
}

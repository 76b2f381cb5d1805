package dev.smartdispatcher.operator.scheduler.admission;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.operator.scheduler.explain.Tally;
import dev.smartdispatcher.operator.scheduler.filter.Gap;
import dev.smartdispatcher.operator.scheduler.filter.Match;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges one job on one worker. The order of the rules is the order in which reasons are told: what can never be comes
 * before what the worker's state forbids, and that before what only has to be waited for.
 */
public final class Admission {
    private Admission() {}

    /** Why the worker could not take the job now even if it were empty; nothing if it could. */
    public static Optional<Reason> refusal(PendingJob job, Worker worker, Match match, Instant now) {
        return match.rejection().or(() -> refusal(job, worker, now));
    }

    /** The same of a worker that satisfies the job's requirements. */
    public static Optional<Reason> refusal(PendingJob job, Worker worker, Instant now) {
        var never = job.envelope()
                .misfit(worker.budget())
                .map(r -> worker.tell(r, job.envelope().disk()));
        if (never.isPresent()) {
            return never;
        }
        if (worker.closed().isPresent()) {
            return worker.closed();
        }
        if (worker.endBy().isPresent() && !job.endsBy(worker.endBy().get(), now)) {
            return Optional.of(Reason.EndsAfterDeadline);
        }
        return job.avoid().contains(worker.name()) ? Optional.of(Reason.BackingOff) : Optional.empty();
    }

    /** Why the worker does not take the job now; nothing if it does. */
    public static Optional<Reason> rejection(PendingJob job, WorkerSnapshot host, Match match, Instant now) {
        return refusal(job, host.worker(), match, now).or(() -> busy(job, host, now));
    }

    private static Optional<Reason> busy(PendingJob job, WorkerSnapshot host, Instant now) {
        if (!host.free().fits(job.envelope().smallest())) {
            return Optional.of(Reason.NoRoom);
        }
        return admitted(job, host, job.envelope().least(), now) == 0 ? Optional.of(Reason.Reserved) : Optional.empty();
    }

    /** The N up to the wanted one that does not delay whom the worker is reserved for; 0 if there is none. */
    public static int admitted(PendingJob job, WorkerSnapshot host, int wanted, Instant now) {
        return host.reserved()
                .filter(k -> reservedForAnother(job, host))
                .map(k -> k.reservation().admitted(job, wanted, k.beside(), now))
                .orElse(wanted);
    }

    /**
     * Counts the worker by the reason why it does not take the job now; not at all if it does.
     *
     * @param initialParallelism the N that the job should begin with, see {@link PendingJob#initialParallelism}
     */
    public static void count(
            PendingJob job, int initialParallelism, WorkerSnapshot host, Match match, Instant now, Tally tally) {
        rejection(job, host, match, now).ifPresent(reason -> {
            var need = need(job, initialParallelism, host, now);
            var others = passes(reason) ? List.<Reason>of() : lasting(job, host, now);
            boolean alone = match.rejection().isEmpty() && obstacles(job, need, host, now) == 1;
            tally.count(
                    reason,
                    host.worker(),
                    host.free(),
                    need,
                    others.stream().filter(r -> r != reason).toList(),
                    alone);
        });
    }

    /**
     * Tells of a worker that comes nearest of those that do not match for one reason.
     *
     * @param initialParallelism the N that the job should begin with, see {@link PendingJob#initialParallelism}
     */
    public static void near(
            PendingJob job, int initialParallelism, WorkerSnapshot host, Gap gap, Instant now, Tally tally) {
        var worker = host.worker();
        var budget = worker.budget();
        var others = new ArrayList<>(gap.reasons().subList(1, gap.reasons().size()));
        others.addAll(lasting(job, host, now));
        var need = job.envelope()
                .room(Math.max(
                        job.envelope().least(),
                        Math.min(initialParallelism, job.envelope().largestIn(budget))));
        boolean alone = others.isEmpty()
                && !gap.isArchitecture()
                && !job.avoid().contains(worker.name())
                && host.free().fits(need)
                && !reservedForAnother(job, host);
        tally.near(gap, others, alone);
    }

    /** Whether it is over when something ends, without anybody's doing. */
    private static boolean passes(Reason reason) {
        return reason.category() == ReasonCategory.Occupied;
    }

    /** What keeps a worker that matches from taking the job, for as long as nobody changes it. */
    private static List<Reason> lasting(PendingJob job, WorkerSnapshot host, Instant now) {
        var reasons = new ArrayList<Reason>();
        job.envelope()
                .misfits(host.worker().budget())
                .forEach(r -> reasons.add(host.worker().tell(r, job.envelope().disk())));
        host.worker().closed().ifPresent(reasons::add);
        if (isEnding(job, host, now)) {
            reasons.add(Reason.EndsAfterDeadline);
        }
        return reasons;
    }

    /**
     * What the job would take there if that which keeps it from starting were otherwise. A long job may begin with more as soon
     * as one worker more could give it that.
     */
    private static Room need(PendingJob job, int initialParallelism, WorkerSnapshot host, Instant now) {
        var envelope = job.envelope();
        var budget = host.worker().budget();
        int could = envelope.least();
        if (job.avoid().contains(host.worker().name())
                || envelope.misfit(budget).isPresent() && !host.free().equals(budget)) {
            could = initialParallelism;
        } else if (host.worker().closed().isPresent() || isEnding(job, host, now)) {
            could = Math.min(initialParallelism, envelope.largestIn(budget));
        }
        return envelope.room(Math.max(envelope.least(), could));
    }

    /** How many things keep a worker that could build the job from taking it; too little of several amounts is one. */
    private static int obstacles(PendingJob job, Room need, WorkerSnapshot host, Instant now) {
        var worker = host.worker();
        boolean closed = worker.closed().isPresent();
        boolean ending = isEnding(job, host, now);
        boolean avoided = job.avoid().contains(worker.name());
        boolean full = !host.free().fits(need);
        // More room would go to the one that it is kept for.
        boolean reserved = full
                ? reservedForAnother(job, host)
                : admitted(job, host, job.envelope().least(), now) == 0;
        return one(closed) + one(ending) + one(avoided) + one(full) + one(reserved);
    }

    private static boolean isEnding(PendingJob job, WorkerSnapshot host, Instant now) {
        var endBy = host.worker().endBy();
        return endBy.isPresent() && !job.endsBy(endBy.get(), now);
    }

    private static boolean reservedForAnother(PendingJob job, WorkerSnapshot host) {
        return host.reserved()
                .filter(k -> !k.reservation().job().key().equals(job.key()))
                .isPresent();
    }

    private static int one(boolean obstacle) {
        return obstacle ? 1 : 0;
    }
}

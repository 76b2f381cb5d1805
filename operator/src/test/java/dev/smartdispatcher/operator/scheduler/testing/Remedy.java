package dev.smartdispatcher.operator.scheduler.testing;

import dev.smartdispatcher.operator.scheduler.explain.Miss;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.plain.PlainCycle;
import dev.smartdispatcher.operator.scheduler.plain.Plan;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Makes otherwise what a nearest miss names, in the farm as a plan left it. The job is the first one of all there; of the others
 * only those wait for whom room is kept.
 */
public final class Remedy {
    private static final double MUCH = 1e12;

    private Remedy() {}

    public static Snapshot apply(Miss miss, PendingJob job, Snapshot before, Plan plan, List<Claim> claims) {
        var reserved = new HashMap<>(plan.terms());
        var asks = first(job);
        var workers = before.workers();
        switch (miss.reason()) {
            case NoRoom -> claims = smaller(claims, miss);
            case TooLittleCpu, TooLittleMemory, TooLittleDisk, TooLittleFreeDisk, TooFewJobs ->
                workers = replaced(workers, miss.worker(), w -> larger(w, miss));
            case Reserved -> reserved.values().removeIf(h -> h.worker().equals(miss.worker()));
            case BackingOff -> asks = Farm.avoiding(asks, "");
            default -> workers = replaced(workers, miss.worker(), w -> Mended.by(miss.reason(), job.requirements(), w));
        }
        reserved.values().removeIf(ReservationTerm::resting);
        // Those for whom room is kept go on waiting for it.
        var others = PlainCycle.pending(before).stream()
                .filter(j -> reserved.containsKey(j.key().uid()) && !j.key().equals(job.key()))
                .map(Remedy::asItIs)
                .toList();
        var pending = new ArrayList<>(others);
        pending.add(asks);
        return new Snapshot(
                before.now(),
                workers,
                Map.of(),
                claims,
                pending,
                before.penalty(),
                new Shares(Shares.STANDARD.halfLife(), Map.of(), before.shares().maxReservedPercent()),
                others.stream().collect(Collectors.toMap(PendingJob::tenant, j -> MUCH, (one, other) -> one)),
                reserved);
    }

    /** Begins with what it begins with now, whatever the workers become. */
    private static PendingJob asItIs(PendingJob job) {
        return job.avoid().isEmpty() ? Farm.avoiding(job, "nobody") : job;
    }

    /** As the only job of a tenant that has had nothing yet. */
    private static PendingJob first(PendingJob job) {
        var key = new JobKey("first", job.key().name(), job.key().uid());
        return job.withKey(key);
    }

    private static List<Worker> replaced(List<Worker> workers, String name, UnaryOperator<Worker> change) {
        return workers.stream()
                .map(w -> w.name().equals(name) ? change.apply(w) : w)
                .toList();
    }

    /** The attempts on the worker as one that takes so much less. */
    private static List<Claim> smaller(List<Claim> claims, Miss miss) {
        var there = claims.stream()
                .filter(c -> c.worker().equals(miss.worker()))
                .map(Claim::room)
                .reduce(Room.NONE, Room::plus);
        var left = new ArrayList<>(claims);
        left.removeIf(c -> c.worker().equals(miss.worker()));
        left.add(new Claim(
                new Claim.AttemptId("rest", 1), "rest", miss.worker(), there.minus(miss.shortage()), Optional.empty()));
        return left;
    }

    private static Worker larger(Worker w, Miss miss) {
        return w.with(w.budget().plus(miss.shortage()), w.closed(), w.endBy());
    }
}

package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.operator.dispatch.explain.Miss;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.JobKey;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Shares;
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
final class Remedy {
    private static final double MUCH = 1e12;

    private Remedy() {}

    static Snapshot apply(Miss miss, PendingJob job, Snapshot before, Plan plan, List<Claim> claims) {
        var reserved = new HashMap<>(plan.reserved());
        var asks = first(job);
        var workers = before.workers();
        switch (miss.reason()) {
            case NoRoom, TooLittleCpu, TooLittleMemory, TooLittleDisk, TooFewJobs ->
                workers = replaced(workers, miss.worker(), w -> larger(w, miss));
            case Reserved -> reserved.values().remove(miss.worker());
            case BackingOff -> asks = Farm.avoiding(asks, "");
            default -> workers = replaced(workers, miss.worker(), Remedy::open);
        }
        // Those for whom room is kept go on waiting for it.
        var others = before.pending().stream()
                .filter(j -> reserved.containsKey(j.key().uid()) && !j.key().equals(job.key()))
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
                Shares.STANDARD,
                others.stream().collect(Collectors.toMap(PendingJob::tenant, j -> MUCH, (one, other) -> one)),
                reserved);
    }

    /** As the only job of a tenant that has had nothing yet. */
    private static PendingJob first(PendingJob job) {
        var key = new JobKey("first", job.key().name(), job.key().uid());
        return new PendingJob(
                key,
                job.attempt(),
                job.requirements(),
                job.envelope(),
                job.expense(),
                job.priority(),
                job.duration(),
                job.since(),
                job.avoid());
    }

    private static List<Worker> replaced(List<Worker> workers, String name, UnaryOperator<Worker> change) {
        return workers.stream()
                .map(w -> w.name().equals(name) ? change.apply(w) : w)
                .toList();
    }

    private static Worker larger(Worker w, Miss miss) {
        return w.with(w.budget().plus(miss.shortage()), w.closed(), w.endBy());
    }

    private static Worker open(Worker w) {
        return w.with(w.budget(), Optional.empty(), Optional.empty());
    }
}

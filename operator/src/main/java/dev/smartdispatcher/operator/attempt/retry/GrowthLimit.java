package dev.smartdispatcher.operator.attempt.retry;

import dev.smartdispatcher.operator.scheduler.filter.Inodes;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.Collection;
import java.util.Comparator;

/**
 * Keeps a job buildable while its envelope grows: at its smallest N it still fits one of the workers that match and that
 * the declared envelope fits, though less than it grew to may be all that these have.
 */
public final class GrowthLimit {
    private final Envelope declared;
    private final Envelope grown;

    private GrowthLimit(Envelope declared, Envelope grown) {
        this.declared = declared;
        this.grown = grown;
    }

    /**
     * As much of what an envelope has grown to as some worker could give, and never less than the declared one: that alone where
     * no worker could host even this.
     *
     * @param grown from the declared one, in memory and disk
     * @param matching workers that satisfy the job's requirements with the declared disk
     */
    public static Envelope within(Envelope declared, Envelope grown, Collection<Worker> matching) {
        var limit = new GrowthLimit(declared, grown);
        return matching.stream()
                .filter(worker -> declared.misfit(worker.budget()).isEmpty())
                .map(limit::on)
                .max(limit.most())
                .orElse(declared);
    }

    private Envelope on(Worker worker) {
        var budget = worker.budget();
        long disk = Math.min(grown.disk(), Math.min(budget.disk(), Inodes.mostDisk(worker.freeInodes())));
        if (grown.smallest().memory() <= budget.memory()) {
            return with(grown.base(), grown.perProcess(), Math.max(declared.disk(), disk));
        }
        double scale = (double) budget.memory() / declared.smallest().memory();
        long base =
                Math.min((long) (declared.base() * scale), budget.memory() - declared.perProcess() * declared.least());
        long perProcess = Math.min((long) (declared.perProcess() * scale), (budget.memory() - base) / declared.least());
        return with(base, perProcess, Math.max(declared.disk(), disk));
    }

    private Envelope with(long base, long perProcess, long disk) {
        return new Envelope(declared.cpuMillis(), base, perProcess, disk, declared.least(), declared.most());
    }

    /** First by the part that is given of what is given the least of. */
    private Comparator<Envelope> most() {
        return Comparator.comparingDouble((Envelope e) ->
                        Math.min(part(e.smallest().memory(), grown.smallest().memory()), part(e.disk(), grown.disk())))
                .thenComparingLong(e -> e.smallest().memory())
                .thenComparingLong(Envelope::disk);
    }

    private static double part(long given, long wanted) {
        return wanted == 0 ? 1 : (double) given / wanted;
    }
}

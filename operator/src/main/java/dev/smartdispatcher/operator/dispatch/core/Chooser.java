package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.dispatch.index.Demand;
import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Member;
import dev.smartdispatcher.operator.dispatch.index.Slot;
import dev.smartdispatcher.operator.dispatch.index.Slots;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.pass.Preference;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.sizing.Sizing;
import java.time.Instant;
import java.util.Optional;

/** Finds the best of the workers on which a job can start now. */
final class Chooser {
    /** Whether the search may end is found out at every so many workers, for it takes as long as to compare one. */
    private static final int STRIDE = 8;

    private final Slots slots;
    private final Instant now;
    private final int enough;

    private Member best;
    /** Whether the job has failed there. */
    private boolean bestFailed;

    private int bestProcesses;
    private long bestFirst;
    private long bestSecond;
    private long bestLeft;
    private boolean room;
    /** Workers that were compared. */
    private int compared;

    /** @param enough workers that are compared for a job at most, see {@link Preference#ENOUGH} */
    Chooser(Slots slots, Instant now, int enough) {
        this.enough = enough;
        this.slots = slots;
        this.now = now;
    }

    /** Where and how a job starts; empty if it cannot. */
    Optional<Placement> choose(Entry entry) {
        boolean everywhere = entry.lane.isUntried(entry);
        if (everywhere) {
            search(entry, true);
        } else if (entry.lane.demand.grown.members().size() > enough) {
            search(entry, false);
        } else {
            searchGrown(entry);
        }
        if (best != null) {
            return Optional.of(
                    new Placement(entry.job, best.slot.worker, best.mode, bestProcesses, memory(entry.job), now));
        }
        if (everywhere) {
            learn(entry);
        } else {
            entry.lane.demand.grown.refuse(entry, !room);
        }
        return Optional.empty();
    }

    private long memory(PendingJob job) {
        return Placement.memory(job, bestProcesses, best.slot.host());
    }

    /** Whether a job can start anywhere. */
    boolean canStart(Entry entry) {
        if (entry.lane.isUntried(entry)) {
            for (var member : entry.lane.demand.members()) {
                if (canStart(entry, member)) {
                    return true;
                }
            }
            return false;
        }
        return entry.lane.demand.grown.members().stream().anyMatch(member -> canStart(entry, member));
    }

    private boolean canStart(Entry entry, Member member) {
        var slot = member.slot;
        return slot.open
                && slot.fits(entry.cpuMillis, entry.memory, entry.disk)
                && takes(slot, entry.job)
                && admitted(slot, entry.job, entry.job.envelope().least()) > 0;
    }

    /** Looks at workers in order until no other can be better, or enough have been compared. */
    private void search(Entry entry, boolean everywhere) {
        begin();
        var job = entry.job;
        var demand = entry.lane.demand;
        double leastPrice = price(demand, slots.leastPrice(demand));
        int at = 0;
        for (var member : demand.members(job.expense())) {
            if (compared == enough
                    || (best != null
                            && !bestFailed
                            && at % STRIDE == 0
                            && isBetterThanAll(demand, job, member, leastPrice))) {
                return;
            }
            if (everywhere || member.grown) {
                consider(entry, member);
            }
            at++;
        }
    }

    /** Whether the best so far is better than this one and all after it can be, whatever N they give. */
    private boolean isBetterThanAll(Demand demand, PendingJob job, Member member, double leastPrice) {
        int leastPenalty = job.expense() == Expense.Light ? member.penaltyPercent : demand.leastPenalty();
        return Preference.leastFirst(job, leastPenalty, member.slowness, leastPrice) > bestFirst;
    }

    /** What a core costs a job of the demand where all that waits has this price. */
    private static double price(Demand demand, long all) {
        return Sizing.price(all - demand.priceOfOne(), demand.busy());
    }

    private void searchGrown(Entry entry) {
        begin();
        var grown = entry.lane.demand.grown.members();
        for (int i = 0; i < grown.size(); i++) {
            consider(entry, grown.get(i));
        }
    }

    private void begin() {
        best = null;
        room = false;
        compared = 0;
    }

    private void consider(Entry entry, Member member) {
        var slot = member.slot;
        if (!slot.open || !slot.fits(entry.cpuMillis, entry.memory, entry.disk)) {
            return;
        }
        room = true;
        var job = entry.job;
        if (!takes(slot, job)) {
            return;
        }
        double price = price(entry.lane.demand, slots.price(slot));
        int processes = processes(slot, job, price);
        if (processes == 0) {
            return;
        }
        compared++;
        boolean failed = job.failedOn().contains(slot.name);
        if (best != null && failed && !bestFailed) {
            return;
        }
        long first = Preference.first(job, member.penaltyPercent, member.slowness, processes, price);
        boolean same = failed == bestFailed;
        if (best != null && same && first > bestFirst) {
            return;
        }
        long second = Preference.second(job.expense(), slot.strength);
        long left = slot.freeCpu - job.envelope().cpuMillis() * processes;
        if (best == null || !same || isBetter(first, second, left, slot)) {
            best = member;
            bestFailed = failed;
            bestProcesses = processes;
            bestFirst = first;
            bestSecond = second;
            bestLeft = left;
        }
    }

    private boolean takes(Slot slot, PendingJob job) {
        var endBy = slot.worker.endBy();
        return (endBy.isEmpty() || job.endsBy(endBy.get(), now))
                && (job.avoid().isEmpty() || !job.avoid().contains(slot.name));
    }

    private int processes(Slot slot, PendingJob job, double price) {
        var share = Sizing.share(slots.pressure(slot), slot.freeCpu);
        return admitted(slot, job, Sizing.fitting(job.envelope(), job.effort(), slot.idle, share, price));
    }

    /** The N up to the wanted one that does not delay whom the worker is reserved for. */
    private int admitted(Slot slot, PendingJob job, int wanted) {
        var kept = slot.kept;
        return kept == null || kept.reservation().job().key().equals(job.key())
                ? wanted
                : kept.reservation().admitted(job, wanted, kept.beside(), now);
    }

    private boolean isBetter(long first, long second, long left, Slot slot) {
        if (first != bestFirst) {
            return first < bestFirst;
        }
        if (second != bestSecond) {
            return second < bestSecond;
        }
        return left != bestLeft ? left < bestLeft : slot.order < best.slot.order;
    }

    /** Nobody took it: that is true of whoever needs as much. */
    private void learn(Entry entry) {
        var demand = entry.lane.demand;
        demand.refuse(entry, !room);
        long cpu = Long.MIN_VALUE;
        long memory = Long.MIN_VALUE;
        long disk = Long.MIN_VALUE;
        for (var member : demand.members()) {
            var slot = member.slot;
            if (slot.open && slot.freeJobs > 0) {
                cpu = Math.max(cpu, slot.freeCpu);
                memory = Math.max(memory, slot.freeMemory);
                disk = Math.max(disk, slot.freeDisk);
            }
        }
        demand.tighten(cpu, memory, disk);
    }
}

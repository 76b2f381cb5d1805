package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.api.job.Expense;
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
import java.util.List;
import java.util.Optional;

/** Finds the best of the workers on which a job can start now. */
final class Chooser {
    private final Slots slots;
    private final Instant now;

    private Member best;
    private int bestProcesses;
    private long bestFirst;
    private long bestSecond;
    private long bestLeft;
    /** Whether any of them has room enough that is not kept for another job alone. */
    private boolean room;

    Chooser(Slots slots, Instant now) {
        this.slots = slots;
        this.now = now;
    }

    /** Where and how a job starts; empty if it cannot. */
    Optional<Placement> choose(Entry entry) {
        boolean everywhere = entry.lane.isUntried(entry);
        if (everywhere) {
            search(entry, entry.lane.demand.members());
        } else {
            search(entry, entry.lane.demand.grown);
        }
        if (best != null) {
            return Optional.of(
                    new Placement(entry.job, best.slot.worker, best.mode, bestProcesses, memory(entry.job), now));
        }
        if (everywhere) {
            learn(entry);
        } else if (!room) {
            entry.lane.demand.fillGrown(entry.cpuMillis, entry.memory, entry.disk);
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
        return entry.lane.demand.grown.stream().anyMatch(member -> canStart(entry, member));
    }

    private boolean canStart(Entry entry, Member member) {
        var slot = member.slot;
        return slot.open
                && slot.fits(entry.cpuMillis, entry.memory, entry.disk)
                && !slot.isShutFor(entry)
                && takes(slot, entry.job)
                && admitted(slot, entry, entry.job.envelope().least()) > 0;
    }

    private void search(Entry entry, Member[] members) {
        best = null;
        room = false;
        var job = entry.job;
        boolean mayStop = job.expense() != Expense.Light;
        var demand = entry.lane.demand;
        double leastPrice = price(demand, slots.leastPrice(demand));
        for (var member : members) {
            // The fastest come first: from some point on no worker can be better, whatever N it gives.
            if (mayStop
                    && best != null
                    && Preference.leastFirst(job, demand.leastPenalty(), member.slowness, leastPrice) > bestFirst) {
                return;
            }
            consider(entry, member);
        }
    }

    /** What a core costs a job of the demand where all that waits has this price. */
    private static double price(Demand demand, long all) {
        return Sizing.price(all - demand.priceOfOne(), demand.busy());
    }

    private void search(Entry entry, List<Member> members) {
        best = null;
        room = false;
        for (int i = 0; i < members.size(); i++) {
            consider(entry, members.get(i));
        }
    }

    private void consider(Entry entry, Member member) {
        var slot = member.slot;
        if (!slot.open || slot.isShutFor(entry) || !slot.fits(entry.cpuMillis, entry.memory, entry.disk)) {
            return;
        }
        room = true;
        var job = entry.job;
        if (!takes(slot, job)) {
            return;
        }
        double price = price(entry.lane.demand, slots.price(slot));
        int processes = processes(slot, entry, price);
        if (processes == 0) {
            return;
        }
        long first = Preference.first(job, member.penaltyPercent, member.slowness, processes, price);
        if (best != null && first > bestFirst) {
            return;
        }
        long second = Preference.second(job.expense(), slot.strength);
        long left = slot.freeCpu - job.envelope().cpuMillis() * processes;
        if (best == null || isBetter(first, second, left, slot)) {
            best = member;
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

    private int processes(Slot slot, Entry entry, double price) {
        var job = entry.job;
        var share = Sizing.share(slots.pressure(slot), slot.freeCpu);
        return admitted(slot, entry, Sizing.fitting(job.envelope(), job.effort(), slot.free, share, price));
    }

    /** The N up to the wanted one that does not delay whom the worker is reserved for. */
    private int admitted(Slot slot, Entry entry, int wanted) {
        var kept = slot.kept;
        return kept == null || slot.keptFor == entry
                ? wanted
                : kept.reservation().admitted(entry.job, wanted, kept.beside(), now);
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

    /** Nobody took it: that is true of whoever needs as much, if it was for want of room. */
    private void learn(Entry entry) {
        var demand = entry.lane.demand;
        if (!room) {
            demand.full.add(entry.cpuMillis, entry.memory, entry.disk);
        }
        long cpu = Long.MIN_VALUE;
        long memory = Long.MIN_VALUE;
        long disk = Long.MIN_VALUE;
        for (var member : demand.members()) {
            var slot = member.slot;
            if (slot.open && !slot.shut && slot.freeJobs > 0) {
                cpu = Math.max(cpu, slot.freeCpu);
                memory = Math.max(memory, slot.freeMemory);
                disk = Math.max(disk, slot.freeDisk);
            }
        }
        demand.tighten(cpu, memory, disk);
    }
}

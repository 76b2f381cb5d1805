package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.dispatch.sizing.Pressure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One set of requirements: the workers that can serve it, found once, and the lanes of jobs that ask for it. */
public final class Demand {
    private static final Member[] NOBODY = {};
    private static final Comparator<Member> FASTEST = Comparator.comparingDouble(m -> m.slowness);
    private static final Comparator<Member> BEST_MODE = Comparator.comparingInt(m -> m.penaltyPercent);
    /** What so many grown workers have is measured again whenever one of them has less. */
    private static final int FEW = 64;
    /** So many are looked at one by one. */
    private static final int VERY_FEW = 4;

    final int id;
    final Requirements requirements;
    public final List<Lane> lanes = new ArrayList<>();
    /** Workers that cannot serve it, by the reason. */
    public final Map<Reason, Integer> mismatches = new EnumMap<>(Reason.class);
    /** What fits on none of the workers now. */
    public final Frontier full = new Frontier();
    /** Those of the workers on which more may start than before the last round. */
    public final List<Member> grown = new ArrayList<>();

    private final Map<Slot, Member> members = new LinkedHashMap<>();
    private Member[] all;
    private int leastPenalty;
    private Signature[] signatures = {};
    private long freeMillis;
    private long budgetMillis;
    private long price;
    private long jobs;
    private long pressure;
    /** Upper bounds of what is free on any of the workers. */
    private final Bound most = new Bound();
    /** The same of the grown ones. */
    private final Bound mostGrown = new Bound();
    /** What fits on none of the grown ones. */
    private final Frontier fullGrown = new Frontier();
    /** Whether the grown ones have less than their bound says. */
    private boolean shrunk;

    Demand(int id, Requirements requirements) {
        this.id = id;
        this.requirements = requirements;
    }

    /** The workers that can serve it, the fastest first. */
    public Member[] members() {
        if (all == null) {
            all = members.values().toArray(NOBODY);
            Arrays.sort(all, FASTEST);
            leastPenalty =
                    Arrays.stream(all).min(BEST_MODE).map(m -> m.penaltyPercent).orElse(0);
        }
        return all;
    }

    /** Of the modes in which the workers serve it, in percent of the native time. */
    public int leastPenalty() {
        members();
        return leastPenalty;
    }

    /** The signatures of the workers. */
    void sign() {
        signatures =
                members.keySet().stream().map(slot -> slot.signature).distinct().toArray(Signature[]::new);
    }

    /** The least price of a core on any of the workers; see {@link Signature#price}. */
    long leastPrice(long version) {
        long least = Long.MAX_VALUE;
        for (var signature : signatures) {
            least = Math.min(least, signature.price(version));
        }
        return least;
    }

    void add(Member member) {
        members.put(member.slot, member);
        all = null;
        offered(member.slot.offeredCpu(), member.slot.budgetCpu());
    }

    void remove(Slot slot) {
        if (members.remove(slot) != null) {
            all = null;
            offered(-slot.offeredCpu(), -slot.budgetCpu());
        }
    }

    /** So much more CPU is free on the workers, and is there at all; millicores. */
    void offered(long free, long budget) {
        freeMillis += free;
        budgetMillis += budget;
        press();
    }

    /** So many more jobs wait that could start if there were room. */
    void pressed(long more) {
        jobs += more;
        press();
    }

    private void press() {
        pressure = Pressure.of(jobs, freeMillis);
        price = Pressure.of(jobs, budgetMillis);
    }

    /** What its jobs add to the price of a core: their pressure on all CPU of the workers, used or free. */
    long price() {
        return price;
    }

    /** What one of its jobs adds to that. */
    public long priceOfOne() {
        return Pressure.of(1, budgetMillis);
    }

    /** The part of its workers' CPU that is in use. */
    public double busy() {
        return budgetMillis == 0 ? 0 : 1 - (double) freeMillis / budgetMillis;
    }

    long pressure() {
        return pressure;
    }

    /** So much is free on a worker, which may be more than before. */
    void offers(Room free) {
        most.raise(free.cpuMillis(), free.memory(), free.disk());
        full.grown(free.cpuMillis(), free.memory(), free.disk());
    }

    /** More may start on a worker than before. */
    void grow(Member member) {
        var free = member.slot.free;
        offers(free);
        if (!member.slot.shut) {
            mostGrown.raise(free.cpuMillis(), free.memory(), free.disk());
            fullGrown.grown(free.cpuMillis(), free.memory(), free.disk());
        }
        if (!member.grown) {
            member.grown = true;
            grown.add(member);
        }
    }

    /** Nothing is known of a worker for now. */
    void shrink(Member member) {
        member.grown = false;
        grown.remove(member);
    }

    /** All jobs have been tried on the grown workers. */
    void settle() {
        grown.forEach(m -> m.grown = false);
        grown.clear();
        mostGrown.clear();
        fullGrown.clear();
    }

    /** That is now known to be the most that is free. */
    public void tighten(long cpu, long memory, long disk) {
        most.clear();
        most.raise(cpu, memory, disk);
    }

    /** False if so much is free on no worker. */
    boolean hasRoomFor(long cpu, long memory, long disk) {
        return most.covers(cpu, memory, disk) && !full.covers(cpu, memory, disk);
    }

    /** False if so much is free on no worker on which more may start than before. */
    boolean hasGrownFor(long cpu, long memory, long disk) {
        if (grown.isEmpty()) {
            return false;
        }
        if (shrunk && grown.size() <= FEW) {
            measureGrown();
        }
        return mostGrown.covers(cpu, memory, disk)
                && !fullGrown.covers(cpu, memory, disk)
                && (grown.size() > VERY_FEW || fitsGrown(cpu, memory, disk));
    }

    private boolean fitsGrown(long cpu, long memory, long disk) {
        for (int i = 0; i < grown.size(); i++) {
            var slot = grown.get(i).slot;
            if (!slot.shut && slot.fits(cpu, memory, disk)) {
                return true;
            }
        }
        return false;
    }

    /** Less is free on one of the workers than before. */
    void shrunk() {
        shrunk = true;
    }

    /** So much is free on none of the grown workers: that is true of whoever needs as much. */
    public void fillGrown(long cpu, long memory, long disk) {
        fullGrown.add(cpu, memory, disk);
        measureGrown();
    }

    private void measureGrown() {
        mostGrown.clear();
        for (int i = 0; i < grown.size(); i++) {
            var slot = grown.get(i).slot;
            if (slot.freeJobs > 0 && !slot.shut) {
                mostGrown.raise(slot.freeCpu, slot.freeMemory, slot.freeDisk);
            }
        }
        shrunk = false;
    }

    /**
     * The smallest N with which a job begins: its goal, but no more than some worker could give it that takes jobs and will go
     * on to, and no less than it asks for.
     */
    int standing(Entry entry) {
        int standing = entry.asked.envelope().least();
        if (standing < entry.goal) {
            for (var member : members()) {
                standing = Math.max(standing, standing(member.slot, entry));
                if (standing == entry.goal) {
                    break;
                }
            }
        }
        return standing;
    }

    /** The same where there is no other worker; 0 if it could not have the job. */
    static int standing(Slot slot, Entry entry) {
        return slot.stays() ? Math.min(entry.goal, entry.asked.envelope().largestIn(slot.worker.budget())) : 0;
    }

    /** Whether one of the workers is open, stays so and has such a budget, at least. */
    boolean hasLastingBudget(Room budget) {
        for (var member : members()) {
            if (member.slot.stays() && member.slot.worker.budget().fits(budget)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an open worker with such a budget is among those that can serve it. */
    boolean canHost(Entry entry) {
        for (var member : members()) {
            if (hosts(member.slot, entry)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the workers is open and has such a budget, at least. */
    boolean hasBudget(Room budget) {
        for (var member : members()) {
            if (member.slot.open && member.slot.worker.budget().fits(budget)) {
                return true;
            }
        }
        return false;
    }

    static boolean hosts(Slot slot, Entry entry) {
        return slot.open && entry.job.envelope().misfit(slot.worker.budget()).isEmpty();
    }

    /** The most of each amount; nothing at first. */
    private static final class Bound {
        private long cpuMillis = Long.MIN_VALUE;
        private long memory = Long.MIN_VALUE;
        private long disk = Long.MIN_VALUE;

        void raise(long cpu, long mem, long space) {
            cpuMillis = Math.max(cpuMillis, cpu);
            memory = Math.max(memory, mem);
            disk = Math.max(disk, space);
        }

        void clear() {
            cpuMillis = Long.MIN_VALUE;
            memory = Long.MIN_VALUE;
            disk = Long.MIN_VALUE;
        }

        boolean covers(long cpu, long mem, long space) {
            return cpu <= cpuMillis && mem <= memory && space <= disk;
        }
    }
}

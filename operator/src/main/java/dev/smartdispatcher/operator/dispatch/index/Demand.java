package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.dispatch.bound.Bound;
import dev.smartdispatcher.operator.dispatch.bound.Refusals;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.dispatch.pass.Preference;
import dev.smartdispatcher.operator.dispatch.sizing.Pressure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One set of requirements: the workers that can serve it, found once, and the lanes of jobs that ask for it. */
public final class Demand {
    private static final Member[] NOBODY = {};
    private static final Comparator<Member> FASTEST =
            Comparator.comparingDouble((Member m) -> m.slowness).thenComparing(m -> m.slot.name);
    private static final Comparator<Member> SLOWEST = Comparator.comparingInt((Member m) -> m.penaltyPercent)
            .thenComparingInt(m -> m.slot.speed)
            .thenComparing(m -> m.slot.name);
    private static final Comparator<Member> BEST_MODE = Comparator.comparingInt(m -> m.penaltyPercent);
    final int id;
    final Requirements requirements;
    public final List<Lane> lanes = new ArrayList<>();
    /** The workers that cannot serve it. */
    public final Mismatches mismatches;
    /** What none of the workers takes now. */
    private final Refusals refusals = new Refusals();
    /** Those of the workers on which more may start than before the last round. */
    public final Grown grown = new Grown();

    private final Map<Slot, Member> members = new LinkedHashMap<>();
    private Member[] all;
    private Member[] slowest;
    private int leastPenalty;
    private final List<Signature> signatures = new ArrayList<>();
    private long freeMillis;
    private long budgetMillis;
    private long price;
    private long jobs;
    private long pressure;
    /** Upper bounds of what is free on any of the workers. */
    private final Bound most = new Bound();

    Demand(int id, Requirements requirements) {
        this.id = id;
        this.requirements = requirements;
        mismatches = new Mismatches(requirements);
    }

    /** The workers that can serve it, the fastest first. */
    public Member[] members() {
        if (all == null) {
            all = members.values().toArray(NOBODY);
            Arrays.sort(all, FASTEST);
            slowest = null;
            leastPenalty =
                    Arrays.stream(all).min(BEST_MODE).map(m -> m.penaltyPercent).orElse(0);
        }
        return all;
    }

    /** The workers that can serve it, in the order of {@link Preference#ENOUGH}. */
    public Member[] members(Expense expense) {
        members();
        if (expense != Expense.Light) {
            return all;
        }
        if (slowest == null) {
            slowest = all.clone();
            Arrays.sort(slowest, SLOWEST);
        }
        return slowest;
    }

    /** Of the modes in which the workers serve it, in percent of the native time. */
    public int leastPenalty() {
        members();
        return leastPenalty;
    }

    /** The signatures of the workers are to be told anew. */
    void unsign() {
        signatures.clear();
    }

    /** Some of the workers have this signature. */
    void sign(Signature signature) {
        signatures.add(signature);
    }

    /** The least price of a core on any of the workers; see {@link Signature#price}. */
    long leastPrice(long version) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < signatures.size(); i++) {
            least = Math.min(least, signatures.get(i).price(version));
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
        refusals.grown(free.cpuMillis(), free.memory(), free.disk());
    }

    /** That is now known to be the most that is free. */
    public void tighten(long cpu, long memory, long disk) {
        most.clear();
        most.raise(cpu, memory, disk);
    }

    /** False if no worker takes anybody who needs so much for so long. */
    boolean hasRoomFor(long cpu, long memory, long disk, long length) {
        return most.covers(cpu, memory, disk) && !refusals.cover(cpu, memory, disk, length);
    }

    /**
     * All workers have refused an entry.
     *
     * @param forRoom whether none had the room
     */
    public void refuse(Entry entry, boolean forRoom) {
        entry.refused(refusals, forRoom);
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
}

package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.admission.LargestNeed;
import dev.smartdispatcher.operator.scheduler.admission.RefusedNeeds;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.score.Score;
import dev.smartdispatcher.operator.scheduler.sizing.Pressure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One set of requirements: the workers that can serve it, found once, and the tenant queues of jobs that ask for it. */
public final class EquivalenceClass {
    private static final Candidate[] NOBODY = {};
    private static final Comparator<Candidate> FASTEST =
            Comparator.comparingDouble((Candidate m) -> m.slowness).thenComparing(m -> m.state.name);
    private static final Comparator<Candidate> SLOWEST = Comparator.comparingInt((Candidate m) -> m.penaltyPercent)
            .thenComparingInt(m -> m.state.speed)
            .thenComparing(m -> m.state.name);
    private static final Comparator<Candidate> BEST_MODE = Comparator.comparingInt(m -> m.penaltyPercent);
    final int id;
    final Requirements requirements;
    public final List<TenantQueue> tenantQueues = new ArrayList<>();
    /** The workers that cannot serve it. */
    public final Mismatches mismatches;
    /** What none of the workers takes now. */
    private final RefusedNeeds refusals = new RefusedNeeds();
    /** Those of the workers on which more may start than before the last cycle. */
    public final FreedWorkers freed = new FreedWorkers();

    private final Map<WorkerState, Candidate> candidates = new LinkedHashMap<>();
    private Candidate[] all;
    private Candidate[] slowest;
    private int leastPenalty;
    private final List<WorkerClass> workerClasses = new ArrayList<>();
    private long freeMillis;
    private long budgetMillis;
    private double busy;
    private long price;
    private long priceOfOne;
    private long jobs;
    private long pressure;
    /** Upper bounds of what is free on any of the workers. */
    private final LargestNeed most = new LargestNeed();

    EquivalenceClass(int id, Requirements requirements) {
        this.id = id;
        this.requirements = requirements;
        mismatches = new Mismatches(requirements);
    }

    /** The workers that can serve it, the fastest first. */
    public Candidate[] candidates() {
        if (all == null) {
            all = candidates.values().toArray(NOBODY);
            Arrays.sort(all, FASTEST);
            slowest = null;
            leastPenalty =
                    Arrays.stream(all).min(BEST_MODE).map(m -> m.penaltyPercent).orElse(0);
        }
        return all;
    }

    /** The workers that can serve it, in the order of {@link Score#ENOUGH}. */
    public Candidate[] candidates(Expense expense) {
        candidates();
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
        candidates();
        return leastPenalty;
    }

    /** The signatures of the workers are to be told anew. */
    void unsign() {
        workerClasses.clear();
    }

    /** Some of the workers are of this class. */
    void sign(WorkerClass workerClass) {
        workerClasses.add(workerClass);
    }

    /** The least price of a core on any of the workers; see {@link WorkerClass#price}. */
    long leastPrice(long version) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < workerClasses.size(); i++) {
            least = Math.min(least, workerClasses.get(i).price(version));
        }
        return least;
    }

    /** Whether a worker can serve it. */
    public boolean isServedBy(WorkerState state) {
        return candidates.containsKey(state);
    }

    void add(Candidate candidate) {
        candidates.put(candidate.state, candidate);
        all = null;
        offered(candidate.state.offeredCpu(), candidate.state.budgetCpu());
    }

    void remove(WorkerState state) {
        if (candidates.remove(state) != null) {
            all = null;
            offered(-state.offeredCpu(), -state.budgetCpu());
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
        priceOfOne = Pressure.of(1, budgetMillis);
        busy = budgetMillis == 0 ? 0 : 1 - (double) freeMillis / budgetMillis;
    }

    /** What its jobs add to the price of a core: their pressure on all CPU of the workers, used or free. */
    long price() {
        return price;
    }

    /** What one of its jobs adds to that. */
    public long priceOfOne() {
        return priceOfOne;
    }

    /** The part of its workers' CPU that is in use. */
    public double busy() {
        return busy;
    }

    long pressure() {
        return pressure;
    }

    /** So much is free on a worker, which may be more than before. */
    void offers(Room free) {
        most.raise(free.cpuMillis(), free.memory(), free.disk());
        refusals.freed(free.cpuMillis(), free.memory(), free.disk());
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
     * All workers have refused a job.
     *
     * @param forRoom whether none had the room
     */
    public void refuse(QueuedJob queued, boolean forRoom) {
        queued.refused(refusals, forRoom);
    }

    /**
     * The smallest N with which a job begins: its goal, but no more than some worker could give it that takes jobs and will go
     * on to, and no less than it asks for.
     */
    int standing(QueuedJob queued) {
        int standing = queued.asked.envelope().least();
        if (standing < queued.goal) {
            for (var candidate : candidates()) {
                standing = Math.max(standing, standing(candidate.state, queued));
                if (standing == queued.goal) {
                    break;
                }
            }
        }
        return standing;
    }

    /** The same where there is no other worker; 0 if it could not have the job. */
    static int standing(WorkerState state, QueuedJob queued) {
        return state.stays() ? Math.min(queued.goal, queued.asked.envelope().largestIn(state.worker.budget())) : 0;
    }

    /** Whether one of the workers is open, stays so and has such a budget, at least. */
    boolean hasLastingBudget(Room budget) {
        for (var candidate : candidates()) {
            if (candidate.state.stays() && candidate.state.worker.budget().fits(budget)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an open worker with such a budget is among those that can serve it. */
    boolean canHost(QueuedJob queued) {
        for (var candidate : candidates()) {
            if (hosts(candidate.state, queued)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the workers is open and has such a budget, at least. */
    boolean hasBudget(Room budget) {
        for (var candidate : candidates()) {
            if (candidate.state.open && candidate.state.worker.budget().fits(budget)) {
                return true;
            }
        }
        return false;
    }

    static boolean hosts(WorkerState state, QueuedJob queued) {
        return state.open && queued.job.envelope().misfit(state.worker.budget()).isEmpty();
    }
}

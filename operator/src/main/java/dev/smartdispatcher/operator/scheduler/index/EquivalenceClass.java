package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.admission.LargestNeed;
import dev.smartdispatcher.operator.scheduler.admission.RefusedNeeds;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.filter.Shortfall;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.score.Score;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One set of requirements: the workers that can serve it, found once, and how much its waiting jobs press on them. */
public final class EquivalenceClass {
    private final int id;
    private final Requirements requirements;
    private final MismatchedWorkers mismatches;
    private final Candidates candidates = new Candidates();
    private final FreedWorkers freed = new FreedWorkers();
    private final RefusedNeeds refusals = new RefusedNeeds();
    /** Upper bounds of what is free on any of the workers. */
    private final LargestNeed most = new LargestNeed();

    private final ClassPressure pressure = new ClassPressure();
    /** The classes of its workers. */
    private final List<WorkerClass> workerClasses = new ArrayList<>();
    /** Number of tenant queues of its jobs. */
    private int tenantQueues;

    EquivalenceClass(int id, Requirements requirements) {
        this.id = id;
        this.requirements = requirements;
        mismatches = new MismatchedWorkers(requirements);
    }

    /** Different from that of every other equivalence class that there is; small. */
    int id() {
        return id;
    }

    Requirements requirements() {
        return requirements;
    }

    /** Whether it is that of these requirements. */
    public boolean isOf(Requirements others) {
        return requirements.equals(others);
    }

    /** Units of counted resources that each of its jobs needs. */
    public Map<String, Integer> counted() {
        return requirements.counted();
    }

    /** A tenant has jobs with the requirements. */
    public void addQueue() {
        tenantQueues++;
    }

    /** A tenant has no more jobs with the requirements. */
    public void removeQueue() {
        tenantQueues--;
    }

    /** Whether no job has the requirements. */
    boolean isIdle() {
        return tenantQueues == 0;
    }

    /** The workers that cannot serve it. */
    MismatchedWorkers mismatches() {
        return mismatches;
    }

    /** The number of workers that cannot serve it, by the reason. */
    public Map<Reason, Integer> mismatchCounts() {
        return mismatches.counts();
    }

    /** Whether {@link WorkerStates#nearest} costs nothing; else it costs a look at each worker. */
    public boolean isNearestKnown() {
        return mismatches.isNearestKnown();
    }

    List<Shortfall> nearest(Map<String, WorkerState> states) {
        return mismatches.nearest(states);
    }

    /** A worker can serve it. */
    void add(Candidate candidate) {
        candidates.add(candidate);
        pressure.offered(candidate.state.offeredCpu(), candidate.state.budgetCpu());
    }

    /** A worker cannot serve it any more. */
    void remove(WorkerState state) {
        if (candidates.remove(state)) {
            pressure.offered(-state.offeredCpu(), -state.budgetCpu());
        }
    }

    /** Whether a worker can serve it. */
    public boolean isServedBy(WorkerState state) {
        return candidates.contains(state);
    }

    /** The workers that can serve it, the fastest first. */
    public Candidate[] candidates() {
        return candidates.fastest();
    }

    /** The workers that can serve it, in the order of {@link Score#ENOUGH}. */
    public Candidate[] candidates(Expense expense) {
        return candidates.of(expense);
    }

    /** Of the modes in which the workers serve it, in percent of the native time. */
    public int leastPenalty() {
        return candidates.leastPenalty();
    }

    /** Those of the workers on which more may start than before the last cycle. */
    public FreedWorkers freed() {
        return freed;
    }

    /** More may start on a worker than before. */
    void freed(Candidate candidate) {
        offers(candidate.state.free());
        freed.add(candidate);
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

    /** False if no worker takes a job that needs so much for so long. */
    public boolean hasRoomFor(long cpu, long memory, long disk, long length) {
        return most.covers(cpu, memory, disk) && !refusals.cover(cpu, memory, disk, length);
    }

    /** What all of the workers have refused. */
    public RefusedNeeds refusals() {
        return refusals;
    }

    /** How much its jobs press on its workers. */
    ClassPressure pressure() {
        return pressure;
    }

    /** What one of its jobs adds to the price of a core. */
    public long priceOfOne() {
        return pressure.priceOfOne();
    }

    /** The part of its workers' CPU that is in use. */
    public double busy() {
        return pressure.busy();
    }

    /** The classes of the workers are to be determined again. */
    void forgetWorkerClasses() {
        workerClasses.clear();
    }

    /** Some of the workers are of this class. */
    void add(WorkerClass workerClass) {
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

    /**
     * The smallest N with which a job begins: its goal, but no more than some worker could give it that takes jobs and is not known
     * to stop, and no less than it asks for.
     */
    public int standing(Envelope asked, int goal) {
        int standing = asked.least();
        if (standing < goal) {
            for (var candidate : candidates()) {
                standing = Math.max(standing, candidate.state.standing(asked, goal));
                if (standing == goal) {
                    break;
                }
            }
        }
        return standing;
    }

    /** Whether one of the workers takes jobs, and could take this one if it were empty. */
    public boolean canHost(Envelope envelope) {
        for (var candidate : candidates()) {
            if (candidate.state.hosts(envelope)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the workers takes jobs and has such a budget, at least. */
    public boolean hasBudget(Room budget) {
        for (var candidate : candidates()) {
            if (candidate.state.isOpen() && candidate.state.worker().budget().fits(budget)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the workers takes jobs, is not known to stop and has such a budget, at least. */
    public boolean hasLastingBudget(Room budget) {
        for (var candidate : candidates()) {
            if (candidate.state.stays() && candidate.state.worker().budget().fits(budget)) {
                return true;
            }
        }
        return false;
    }
}

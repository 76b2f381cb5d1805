package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.index.Candidate;
import dev.smartdispatcher.operator.scheduler.index.EquivalenceClass;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.queue.AwaitedWorkers;
import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.score.Score;
import dev.smartdispatcher.operator.scheduler.sizing.Parallelism;
import java.time.Instant;
import java.util.Optional;

/** Finds the best of the workers on which a job can start now. */
final class Selector {
    /** Whether the search may end is found out at every so many workers, for it takes as long as to compare one. */
    private static final int STRIDE = 8;

    private final WorkerStates states;
    private final AwaitedWorkers awaited;
    private final Instant now;
    private final int enough;

    /** Of the job that is looked at. */
    private Admission admission;

    /** Whether there are workers that it backs off from. */
    private boolean avoids;
    /** Whether there are workers on which its tenant may start nothing for now. */
    private boolean limited;
    /** Whether it has failed anywhere. */
    private boolean failedBefore;

    private long priceOfOne;
    private double busy;

    private Candidate best;
    /** Whether the job has failed there. */
    private boolean bestFailed;

    private int bestParallelism;
    private long bestFirst;
    private long bestSecond;
    private long bestLeft;
    private boolean room;
    /** Workers that were compared. */
    private int compared;

    /** @param enough workers that are compared for a job at most, see {@link Score#ENOUGH} */
    Selector(WorkerStates states, AwaitedWorkers awaited, Instant now, int enough) {
        this.enough = enough;
        this.states = states;
        this.awaited = awaited;
        this.now = now;
    }

    /** Where and how a job starts; empty if it cannot, or waits for a worker that is worth it. */
    Optional<Placement> choose(QueuedJob queued) {
        if (awaited.holds(queued.uid())) {
            return Optional.empty();
        }
        admission = queued.admission(now);
        boolean everywhere = queued.tenantQueue().isUntried(queued);
        if (everywhere) {
            search(queued, true);
        } else if (queued.equivalenceClass().freed().candidates().size() > enough) {
            search(queued, false);
        } else {
            searchFreed(queued);
        }
        if (best != null) {
            if (awaited.await(queued, best, bestParallelism, now)) {
                return Optional.empty();
            }
            return Optional.of(new Placement(
                    queued.job(),
                    best.state.worker(),
                    best.mode,
                    bestParallelism,
                    memory(queued.job()),
                    best.slowness,
                    now));
        }
        if (everywhere) {
            learn(queued);
        } else {
            learnOfFreed(queued);
        }
        return Optional.empty();
    }

    private long memory(PendingJob job) {
        return Placement.memory(job, bestParallelism, best.state.snapshot());
    }

    /** Whether a job can start anywhere. */
    boolean canStart(QueuedJob queued) {
        admission = queued.admission(now);
        if (queued.tenantQueue().isUntried(queued) || awaited.holds(queued.uid())) {
            for (var candidate : queued.equivalenceClass().candidates()) {
                if (canStart(queued, candidate)) {
                    return true;
                }
            }
            return false;
        }
        return queued.equivalenceClass().freed().candidates().stream()
                .anyMatch(candidate -> canStart(queued, candidate));
    }

    private boolean canStart(QueuedJob queued, Candidate candidate) {
        var state = candidate.state;
        return hasRoom(queued, state)
                && admission
                        .rejection(state.worker(), state.free(), state.reserved())
                        .isEmpty();
    }

    /** What is closed or full is passed over by what is at hand. */
    private static boolean hasRoom(QueuedJob queued, WorkerState state) {
        return state.isOpen() && state.fits(queued.cpuMillis(), queued.memory(), queued.disk());
    }

    /** Looks at workers in order until no other can be better, or enough have been compared. */
    private void search(QueuedJob queued, boolean everywhere) {
        begin(queued);
        var job = queued.job();
        var equivalenceClass = queued.equivalenceClass();
        double leastPrice = price(states.leastPrice(equivalenceClass));
        int at = 0;
        for (var candidate : equivalenceClass.candidates(job.expense())) {
            if (compared == enough
                    || (best != null
                            && !bestFailed
                            && at % STRIDE == 0
                            && isBetterThanAll(equivalenceClass, job, candidate, leastPrice))) {
                return;
            }
            if (everywhere || candidate.isFreed()) {
                consider(queued, candidate);
            }
            at++;
        }
    }

    /** Whether the best so far is better than this one and all after it can be, whatever N they give. */
    private boolean isBetterThanAll(
            EquivalenceClass equivalenceClass, PendingJob job, Candidate candidate, double leastPrice) {
        int leastPenalty = job.expense() == Expense.Light ? candidate.penaltyPercent : equivalenceClass.leastPenalty();
        return Score.leastFirst(job, leastPenalty, candidate.slowness, leastPrice) > bestFirst;
    }

    /** What a core costs the job where all that waits has this price. */
    private double price(long all) {
        return Parallelism.price(all - priceOfOne, busy);
    }

    private void searchFreed(QueuedJob queued) {
        begin(queued);
        var freed = queued.equivalenceClass().freed().candidates();
        for (int i = 0; i < freed.size(); i++) {
            consider(queued, freed.get(i));
        }
    }

    private void begin(QueuedJob queued) {
        limited = !queued.tenant().reached().reached().isEmpty();
        avoids = !queued.job().avoid().isEmpty();
        failedBefore = !queued.job().failedOn().isEmpty();
        priceOfOne = queued.equivalenceClass().priceOfOne();
        busy = queued.equivalenceClass().busy();
        best = null;
        room = false;
        compared = 0;
    }

    private void consider(QueuedJob queued, Candidate candidate) {
        var state = candidate.state;
        if (!hasRoom(queued, state)) {
            return;
        }
        room = true;
        var job = queued.job();
        if ((avoids || limited || !state.stays())
                && admission.postponement(state.worker()).isPresent()) {
            return;
        }
        double price = price(states.price(state));
        int parallelism = parallelism(state, job, price);
        if (parallelism == 0) {
            return;
        }
        compared++;
        boolean failed = failedBefore && job.failedOn().contains(state.name());
        if (best != null && failed && !bestFailed) {
            return;
        }
        long first = Score.first(
                job, candidate.penaltyPercent, candidate.slowness, parallelism, price, job.percentOn(state.name()));
        boolean same = failed == bestFailed;
        if (best != null && same && first > bestFirst) {
            return;
        }
        long second = Score.second(job.expense(), state.strength());
        long left = state.freeCpu() - job.envelope().cpuMillis() * parallelism;
        if (best == null || !same || isBetter(first, second, left, state)) {
            best = candidate;
            bestFailed = failed;
            bestParallelism = parallelism;
            bestFirst = first;
            bestSecond = second;
            bestLeft = left;
        }
    }

    private int parallelism(WorkerState state, PendingJob job, double price) {
        var share = Parallelism.share(states.pressure(state), state.freeCpu());
        return admission.admitted(
                state.reserved(), Parallelism.fitting(job.envelope(), job.workEstimate(), state.idle(), share, price));
    }

    private boolean isBetter(long first, long second, long left, WorkerState state) {
        if (first != bestFirst) {
            return first < bestFirst;
        }
        if (second != bestSecond) {
            return second < bestSecond;
        }
        return left != bestLeft ? left < bestLeft : state.order() < best.state.order();
    }

    /** No freed worker takes it, so none takes a job that needs as much. */
    private void learnOfFreed(QueuedJob queued) {
        var freed = queued.equivalenceClass().freed();
        queued.addTo(freed.refusals(), !room);
        if (!room) {
            freed.measure();
        }
    }

    /** No worker takes it, so none takes a job that needs as much. */
    private void learn(QueuedJob queued) {
        var equivalenceClass = queued.equivalenceClass();
        queued.addTo(equivalenceClass.refusals(), !room);
        long cpu = Long.MIN_VALUE;
        long memory = Long.MIN_VALUE;
        long disk = Long.MIN_VALUE;
        for (var candidate : equivalenceClass.candidates()) {
            var state = candidate.state;
            if (state.isOpen() && state.freeJobs() > 0) {
                cpu = Math.max(cpu, state.freeCpu());
                memory = Math.max(memory, state.freeMemory());
                disk = Math.max(disk, state.freeDisk());
            }
        }
        equivalenceClass.tighten(cpu, memory, disk);
    }
}

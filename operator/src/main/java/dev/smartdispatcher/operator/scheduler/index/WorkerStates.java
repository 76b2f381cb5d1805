package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.scheduler.filter.Match;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.filter.Shortfall;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The workers, what is free on each, and which of them can serve which equivalence class: brought up to date by what changes. */
public final class WorkerStates {
    private final Map<String, WorkerState> byName = new TreeMap<>();
    private final EquivalenceClasses equivalenceClasses;
    private final Set<WorkerState> freed = new LinkedHashSet<>();
    /** The equivalence classes that freed workers can serve. */
    private final Set<EquivalenceClass> stirred = new LinkedHashSet<>();

    private long budgetMillis;
    private boolean workerClassesStale;
    /** Changes whenever the pressure or price of a worker class may. */
    private long version;

    private long freedCount;

    public WorkerStates(ModePenalty penalty) {
        equivalenceClasses = new EquivalenceClasses(penalty);
    }

    /** The worker state of a name, whether there is a worker or not. */
    public WorkerState of(String name) {
        return byName.computeIfAbsent(name, WorkerState::new);
    }

    /** All worker states. */
    public Collection<WorkerState> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** CPU of the workers that take jobs, in millicores. */
    public long budgetMillis() {
        return budgetMillis;
    }

    /** The equivalence class of some requirements. If it is new, all workers are matched. */
    public EquivalenceClass equivalenceClass(Requirements requirements) {
        return equivalenceClasses.find(requirements).orElseGet(() -> {
            workerClassesStale = true;
            return equivalenceClasses.add(requirements, byName.values());
        });
    }

    /** How a worker serves requirements; a rejection if it does not. */
    public Match match(Requirements requirements, WorkerState state) {
        return equivalenceClasses.match(requirements, state);
    }

    /** The workers that satisfy some requirements, open or not. Costs a look at each worker where no job has these. */
    public List<Worker> matching(Requirements requirements) {
        return equivalenceClasses
                .find(requirements)
                .map(known -> Arrays.stream(known.candidates())
                        .map(m -> m.state.worker())
                        .toList())
                .orElseGet(() -> byName.values().stream()
                        .filter(s -> equivalenceClasses.serves(s, requirements))
                        .map(WorkerState::worker)
                        .toList());
    }

    /** The largest N that some worker that takes jobs, and is not known to stop, could ever give a job; 0 if there is none. */
    public int most(PendingJob job) {
        return byName.values().stream()
                .filter(state -> state.stays() && equivalenceClasses.serves(state, job.requirements()))
                .mapToInt(state -> job.envelope().largestIn(state.worker().budget()))
                .max()
                .orElse(0);
    }

    /** The workers that cannot serve an equivalence class and fall the least short of it, one for each reason. */
    public List<Shortfall> nearest(EquivalenceClass equivalenceClass) {
        return equivalenceClass.nearest(byName);
    }

    /** The non-build usage of a worker changed; nothing else depends on it but the size of what starts next. */
    public void use(WorkerState state, Worker worker) {
        state.use(worker);
    }

    /** Sets what a worker is, or that there is none; returns the equivalence classes that it could serve before. */
    public List<EquivalenceClass> set(WorkerState state, Optional<Worker> worker) {
        var before = state.equivalenceClasses();
        forgetFreed(state);
        budgetMillis -= state.budgetCpu();
        boolean alike = state.worker() != null
                && worker.filter(w -> w.matchesAs(state.worker())).isPresent();
        if (alike) {
            boolean wasOpen = state.isOpen();
            offer(state, -1);
            state.set(worker);
            offer(state, 1);
            if (state.isOpen() != wasOpen) {
                equivalenceClasses.forEach(c -> c.mismatches().forgetNearest());
            }
        } else {
            equivalenceClasses.unmatch(state);
            state.set(worker);
            if (state.worker() != null) {
                equivalenceClasses.match(state);
            }
            workerClassesStale = true;
        }
        budgetMillis += state.budgetCpu();
        version++;
        drop(state);
        return before;
    }

    private static void offer(WorkerState state, int sign) {
        long millis = sign * state.offeredCpu();
        long budget = sign * state.budgetCpu();
        for (var candidate : state.candidates()) {
            candidate.equivalenceClass.pressure().offered(millis, budget);
        }
    }

    /** Forgets a worker state of which nothing is known: no worker, and no claims. */
    public void drop(WorkerState state) {
        if (state.isUnknown()) {
            byName.remove(state.name());
        }
    }

    /** A claim is made or is another than it was; returns the worker that it is on. */
    public WorkerState claim(Claim claim) {
        var state = of(claim.worker());
        long offered = state.offeredCpu();
        changed(state, offered, state.claim(claim), claim.room());
        return state;
    }

    /** A claim is no more; returns what it was. */
    public Optional<Claim> release(Claim.AttemptId attempt, String worker) {
        var state = of(worker);
        long offered = state.offeredCpu();
        var before = state.release(attempt);
        before.ifPresent(claim -> changed(state, offered, claim.room(), Room.NONE));
        drop(state);
        return before;
    }

    private void changed(WorkerState state, long offered, Room before, Room after) {
        if (state.worker() != null && !before.equals(after)) {
            long more = state.offeredCpu() - offered;
            boolean shrinks = after.fits(before);
            for (var candidate : state.candidates()) {
                candidate.equivalenceClass.pressure().offered(more, 0);
                if (shrinks) {
                    candidate.equivalenceClass.freed().shrunk();
                }
            }
            version++;
            if (!shrinks) {
                free(state);
            }
        }
    }

    /** More may start on a worker than before, if it is open. */
    public void free(WorkerState state) {
        if (state.isOpen()) {
            freedCount++;
            freed.add(state);
            for (var candidate : state.candidates()) {
                candidate.equivalenceClass.freed(candidate);
                stirred.add(candidate.equivalenceClass);
            }
        }
    }

    /** How often more could start on a worker than before. */
    public long freedCount() {
        return freedCount;
    }

    private void forgetFreed(WorkerState state) {
        if (freed.remove(state)) {
            state.candidates().forEach(m -> m.equivalenceClass.freed().remove(m));
        }
    }

    /** Whether there are workers on which more may start than before. */
    public boolean hasFreed() {
        return !freed.isEmpty();
    }

    /** The equivalence classes that could use them. */
    public Set<EquivalenceClass> stirred() {
        return Collections.unmodifiableSet(stirred);
    }

    /** All jobs have been tried on them. */
    public void settle() {
        freed.clear();
        stirred.forEach(equivalenceClass -> equivalenceClass.freed().settle());
        stirred.clear();
    }

    /** So many more jobs of an equivalence class wait that could start if there were room. */
    public void press(EquivalenceClass equivalenceClass, long more) {
        equivalenceClass.pressure().pressed(more);
        version++;
    }

    /** Of the waiting jobs on a worker. */
    public long pressure(WorkerState state) {
        return state.workerClass().pressure(version);
    }

    /** Of a core of a worker: see {@link ClassPressure#price}. */
    public long price(WorkerState state) {
        return state.workerClass().price(version);
    }

    /** The least price of a core on any worker that can serve an equivalence class. */
    public long leastPrice(EquivalenceClass equivalenceClass) {
        return equivalenceClass.leastPrice(version);
    }

    /** Determines the worker classes. To be called before pressures are asked for, after workers or equivalence classes changed. */
    public void classify() {
        removeIdle();
        if (!workerClassesStale) {
            return;
        }
        var known = new HashMap<BitSet, WorkerClass>();
        int order = 0;
        for (var state : byName.values()) {
            var workerClass = known.computeIfAbsent(state.served(), k -> new WorkerClass(state.equivalenceClasses()));
            state.classify(workerClass, order++);
        }
        equivalenceClasses.forEach(EquivalenceClass::forgetWorkerClasses);
        known.values().forEach(WorkerClass::join);
        workerClassesStale = false;
    }

    private void removeIdle() {
        var idle = equivalenceClasses.removeIdle();
        if (!idle.isEmpty()) {
            stirred.removeAll(idle);
            byName.values().forEach(state -> state.forget(idle));
            workerClassesStale = true;
        }
    }
}

package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.scheduler.filter.Gap;
import dev.smartdispatcher.operator.scheduler.filter.Match;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The workers, what is free on each, and which of them can serve which equivalence class: brought up to date by what changes. */
public final class WorkerStates {
    /** Idle equivalence classes beyond half of all that are kept. */
    private static final int SPARE = 2;

    private final Map<String, WorkerState> byName = new TreeMap<>();
    private final Map<Requirements, EquivalenceClass> equivalenceClasses = new LinkedHashMap<>();
    private final Set<WorkerState> freed = new LinkedHashSet<>();
    /** The equivalence classes that freed workers can serve. */
    private final Set<EquivalenceClass> stirred = new LinkedHashSet<>();

    private final ModePenalty penalty;
    private final Matcher matcher;
    /** The numbers that equivalence classes have. */
    private final BitSet taken = new BitSet();

    /** CPU of the workers that take jobs, in millicores. */
    private long budgetMillis;

    private boolean workerClassesStale;
    private long version;
    private long freedCount;

    public WorkerStates(ModePenalty penalty) {
        this.penalty = penalty;
        matcher = new Matcher(penalty);
    }

    /** The worker state of a name, whether there is a worker or not. */
    public WorkerState of(String name) {
        return byName.computeIfAbsent(name, WorkerState::new);
    }

    /** All worker states. */
    public Collection<WorkerState> all() {
        return byName.values();
    }

    /** CPU of the workers that take jobs, in millicores. */
    public long budgetMillis() {
        return budgetMillis;
    }

    /** The equivalence class of some requirements; its workers are looked for when it is new. */
    EquivalenceClass equivalenceClass(Requirements requirements) {
        var known = equivalenceClasses.get(requirements);
        if (known != null) {
            return known;
        }
        var equivalenceClass = new EquivalenceClass(taken.nextClearBit(0), requirements);
        taken.set(equivalenceClass.id);
        equivalenceClasses.put(requirements, equivalenceClass);
        byName.values().stream().filter(s -> s.worker != null).forEach(s -> match(equivalenceClass, s));
        workerClassesStale = true;
        return equivalenceClass;
    }

    /** The workers that satisfy some requirements, open or not. Costs a look at each worker where no job has these. */
    public List<Worker> matching(Requirements requirements) {
        var known = equivalenceClasses.get(requirements);
        return known == null
                ? byName.values().stream()
                        .filter(s -> s.worker != null
                                && matcher.match(requirements, s.worker).mode().isPresent())
                        .map(s -> s.worker)
                        .toList()
                : Arrays.stream(known.candidates()).map(m -> m.state.worker).toList();
    }

    /** Others use more or less of a worker; nothing else depends on it but the size of what starts next. */
    public void used(WorkerState state, Worker worker) {
        state.worker = worker;
        state.setFree(state.free);
    }

    /** Sets what a worker is, or that there is none; returns the equivalence classes that it could serve before. */
    public List<EquivalenceClass> set(WorkerState state, Optional<Worker> worker) {
        var before = state.candidates.stream().map(m -> m.equivalenceClass).toList();
        shrink(state);
        budgetMillis -= state.budgetCpu();
        boolean alike = state.worker != null
                && worker.filter(w -> w.matchesAs(state.worker)).isPresent();
        if (alike) {
            boolean wasOpen = state.open;
            offer(state, -1);
            fill(state, worker);
            offer(state, 1);
            if (state.open != wasOpen) {
                equivalenceClasses.values().forEach(d -> d.mismatches.forget());
            }
        } else {
            unmatch(state);
            fill(state, worker);
            if (state.worker != null) {
                equivalenceClasses.values().forEach(d -> match(d, state));
            }
            workerClassesStale = true;
        }
        budgetMillis += state.budgetCpu();
        version++;
        drop(state);
        return before;
    }

    /** Forgets a worker state of which nothing is known: no worker, and no claims. */
    public void drop(WorkerState state) {
        if (state.worker == null && state.claims.isEmpty()) {
            byName.remove(state.name);
        }
    }

    private static void fill(WorkerState state, Optional<Worker> worker) {
        state.worker = worker.orElse(null);
        state.open = worker.filter(w -> w.closed().isEmpty()).isPresent();
        state.stays = state.open && state.worker.endBy().isEmpty();
        state.speed = worker.map(Worker::speed).orElse(0);
        state.strength = worker.map(Worker::strength).orElse(0L);
        state.setFree(worker.map(w -> w.budget().minus(state.claimed())).orElse(Room.NONE));
    }

    private void match(EquivalenceClass equivalenceClass, WorkerState state) {
        var match = matcher.match(equivalenceClass.requirements, state.worker);
        match.rejection().ifPresent(reason -> equivalenceClass.mismatches.add(reason));
        match.mode().ifPresent(mode -> {
            var candidate = new Candidate(equivalenceClass, state, mode, penalty.of(mode));
            state.add(candidate);
            equivalenceClass.add(candidate);
            if (state.open) {
                equivalenceClass.offers(state.free);
            }
        });
    }

    private void unmatch(WorkerState state) {
        state.candidates.forEach(m -> m.equivalenceClass.remove(state));
        state.forget();
        if (state.worker != null) {
            for (var equivalenceClass : equivalenceClasses.values()) {
                matcher.match(equivalenceClass.requirements, state.worker)
                        .rejection()
                        .ifPresent(equivalenceClass.mismatches::remove);
            }
        }
    }

    /** A claim is made or is another than it was; returns the worker that it is on. */
    public WorkerState claim(Claim claim) {
        var state = of(claim.worker());
        var before = state.claims.put(claim.id(), claim);
        change(state, before == null ? Room.NONE : before.room(), claim.room());
        return state;
    }

    /** A claim is no more; returns what it was. */
    public Optional<Claim> release(Claim.AttemptId attempt, String worker) {
        var state = of(worker);
        var before = Optional.ofNullable(state.claims.remove(attempt));
        before.ifPresent(claim -> change(state, claim.room(), Room.NONE));
        drop(state);
        return before;
    }

    private void change(WorkerState state, Room before, Room after) {
        if (state.worker != null && !before.equals(after)) {
            long offered = state.offeredCpu();
            state.setFree(state.free.plus(before).minus(after));
            long more = state.offeredCpu() - offered;
            boolean shrinks = after.fits(before);
            for (var candidate : state.candidates) {
                candidate.equivalenceClass.offered(more, 0);
                if (shrinks) {
                    candidate.equivalenceClass.freed.shrunk();
                }
            }
            version++;
            if (!shrinks) {
                grow(state);
            }
        }
    }

    private static void offer(WorkerState state, int sign) {
        long millis = sign * state.offeredCpu();
        long budget = sign * state.budgetCpu();
        for (var candidate : state.candidates) {
            candidate.equivalenceClass.offered(millis, budget);
        }
    }

    /** More may start on a worker than before, if it is open. */
    public void grow(WorkerState state) {
        if (state.open) {
            freedCount++;
            freed.add(state);
            for (var candidate : state.candidates) {
                candidate.equivalenceClass.offers(state.free);
                candidate.equivalenceClass.freed.add(candidate);
                stirred.add(candidate.equivalenceClass);
            }
        }
    }

    /** How often more could start on a worker than before. */
    public long freedCount() {
        return freedCount;
    }

    /** The largest N that some worker that takes jobs, and will go on to, could ever give a job; 0 if there is none. */
    public int most(PendingJob job) {
        return byName.values().stream()
                .filter(state -> state.stays()
                        && matcher.match(job.requirements(), state.worker)
                                .mode()
                                .isPresent())
                .mapToInt(state -> job.envelope().largestIn(state.worker.budget()))
                .max()
                .orElse(0);
    }

    /** Nothing is known of a worker for now. */
    private void shrink(WorkerState state) {
        if (freed.remove(state)) {
            state.candidates.forEach(m -> m.equivalenceClass.freed.remove(m));
        }
    }

    /** Whether there are workers on which more may start than before. */
    public boolean hasFreed() {
        return !freed.isEmpty();
    }

    /** The equivalence classes that could use them. */
    public Set<EquivalenceClass> stirred() {
        return stirred;
    }

    /** All jobs have been tried on them. */
    public void settle() {
        freed.clear();
        stirred.forEach(equivalenceClass -> equivalenceClass.freed.settle());
        stirred.clear();
    }

    /** The pressure of equivalence classes on workers changed. */
    void repress() {
        version++;
    }

    /** Of the waiting jobs on a worker. */
    public long pressure(WorkerState state) {
        return state.workerClass.pressure(version);
    }

    /** Of a core of a worker: see {@link EquivalenceClass#price}. */
    public long price(WorkerState state) {
        return state.workerClass.price(version);
    }

    /** The least price of a core on any worker that can serve an equivalence class. */
    public long leastPrice(EquivalenceClass equivalenceClass) {
        return equivalenceClass.leastPrice(version);
    }

    /** To be called before pressures are asked for, after workers or equivalence classes changed. */
    public void sign() {
        forget();
        if (!workerClassesStale) {
            return;
        }
        var known = new HashMap<BitSet, WorkerClass>();
        int order = 0;
        for (var state : byName.values()) {
            state.order = order++;
            state.workerClass = known.computeIfAbsent(
                    state.served,
                    k -> new WorkerClass(state.candidates.stream()
                            .map(m -> m.equivalenceClass)
                            .toList()));
        }
        equivalenceClasses.values().forEach(EquivalenceClass::unsign);
        known.values().forEach(WorkerClass::join);
        workerClassesStale = false;
    }

    /** Demands that nobody has any more are kept for a while, since they come again, but not without end. */
    private void forget() {
        var idle = equivalenceClasses.values().stream()
                .filter(d -> d.tenantQueues.isEmpty())
                .collect(Collectors.toSet());
        if (idle.size() > equivalenceClasses.size() / 2 + SPARE) {
            equivalenceClasses.values().removeAll(idle);
            idle.forEach(equivalenceClass -> taken.clear(equivalenceClass.id));
            stirred.removeAll(idle);
            byName.values().forEach(state -> state.forget(idle));
            workerClassesStale = true;
        }
    }

    /** The nearest of the workers that cannot serve an equivalence class, one for each reason. */
    public List<Gap> nearest(EquivalenceClass equivalenceClass) {
        return equivalenceClass.mismatches.nearest(byName);
    }

    /** How a worker serves an equivalence class; a rejection if it does not. */
    public Match match(Requirements requirements, WorkerState state) {
        return matcher.match(requirements, state.worker);
    }
}

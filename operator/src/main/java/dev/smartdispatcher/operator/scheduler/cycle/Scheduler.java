package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.CountedUse;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.queue.AwaitedWorkers;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import dev.smartdispatcher.operator.scheduler.score.Score;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The dispatch core: remembers workers, waiting jobs and claims, learns what changes, and decides which job starts where. Changes
 * take effect at the time of the last {@link #advance}. Its decisions are those of the plain pass over a snapshot of what it
 * knows; a scheduling cycle costs what changed since the last one. Not safe for use by several threads.
 */
public final class Scheduler {
    /** Jobs that an operator should have placed by a scheduling cycle: their decisions wait for each other, and then are written. */
    public static final int MOST_AT_ONCE = 50;

    private final WorkerStates states;
    private final SchedulingQueue queue;
    private final Reservations reservations;
    private final Explainer explainer;
    private final SchedulingCycle cycle;
    private Instant now;
    private long shareChanges;

    public Scheduler(ModePenalty penalty, Shares shares, Instant now) {
        this(penalty, shares, now, Score.ENOUGH);
    }

    /** @param enough workers that are compared for a job at most, for tests on small farms */
    Scheduler(ModePenalty penalty, Shares shares, Instant now, int enough) {
        this.now = now;
        states = new WorkerStates(penalty);
        queue = new SchedulingQueue(states, shares, now);
        reservations = new Reservations(states, queue);
        var awaited = new AwaitedWorkers();
        explainer = new Explainer(states, queue, reservations, awaited);
        cycle = new SchedulingCycle(states, queue, reservations, awaited, explainer, enough);
    }

    /** The tenants' shares from now on. */
    public void share(Shares shares) {
        queue.share(shares);
        shareChanges++;
        explainer.stale();
        cycle.touch();
    }

    /** How many of a tenant's jobs may start from now on, and why the others wait. */
    public void hold(String tenant, NamespaceHold hold) {
        if (queue.hold(tenant, hold)) {
            queue.of(tenant).forEach(explainer::explain);
            cycle.touch();
        }
        if (hold.allowance() > 0) {
            cycle.touch();
        }
    }

    /** Whether a job of the tenant waits that some worker could host. */
    public boolean hasReady(String tenant) {
        return queue.hasReady(tenant);
    }

    /** Time passes: usage grows by what is claimed, and decays. */
    public void advance(Instant time) {
        if (time.isBefore(now)) {
            // What had to end by some time may start again.
            states.all().stream()
                    .filter(s -> s.worker() != null && s.worker().endBy().isPresent())
                    .forEach(states::free);
            cycle.touch();
        }
        queue.tenants().advance(time);
        now = time;
    }

    /** A worker is there, or is not what it was. */
    public void put(Worker worker) {
        var state = states.of(worker.name());
        if (state.worker() != null && worker.equals(state.worker().withOthersMillis(worker.othersMillis()))) {
            states.use(state, worker);
        } else {
            set(state, Optional.of(worker));
        }
    }

    /** A worker is gone. Claims on it stay until they are released. */
    public void removeWorker(String name) {
        var state = states.of(name);
        if (state.worker() == null) {
            states.drop(state);
        } else {
            set(state, Optional.empty());
        }
    }

    private void set(WorkerState state, Optional<Worker> worker) {
        var before =
                Optional.ofNullable(state.worker()).filter(w -> state.isOpen()).map(Worker::budget);
        var served = states.set(state, worker);
        before.ifPresent(budget -> queue.hostsLess(served, budget));
        if (state.isOpen()) {
            queue.hostsMore(state);
            states.free(state);
        }
        queue.limitsStale();
        explainer.stale();
        cycle.touch();
    }

    /** The workers that satisfy some requirements, whether they take jobs now or not. */
    public List<Worker> matching(Requirements requirements) {
        return states.matching(requirements);
    }

    /** Changes whenever more may start than before: something ended, a worker came or changed, or shares did. */
    public long openings() {
        return states.freedCount() + shareChanges + queue.countedReleases();
    }

    /** The number of workers that {@link #couldStart} looks at. */
    public int workers() {
        return states.all().size();
    }

    /** Whether a job that is not in the queue could start now. Costs a look at each worker. */
    public boolean couldStart(PendingJob job) {
        if (!queue.tenants().mayStart(job.tenant())
                || queue.lacks(job.requirements().counted())) {
            return false;
        }
        var standing = job.from(job.standing(states.most(job)));
        var admission = new Admission(standing, now, queue.tenants().reached(job.tenant()));
        return states.all().stream()
                .filter(state -> state.worker() != null)
                .anyMatch(state -> admission
                                .rejection(state.worker(), state.free(), state.reserved())
                                .isEmpty()
                        && states.match(standing.requirements(), state).mode().isPresent());
    }

    /**
     * Whether jobs could do without a worker: another one is open, and each waiting job that it could host if it were empty could be
     * hosted by another one that stays open. Costs a look at each waiting job.
     */
    public boolean couldDoWithout(String worker) {
        var state = states.of(worker);
        return states.all().stream().anyMatch(other -> other != state && other.isOpen())
                && queue.all().stream()
                        .filter(queued -> queued.equivalenceClass().isServedBy(state)
                                && state.hosts(queued.job().envelope()))
                        .allMatch(queued -> Arrays.stream(
                                        queued.equivalenceClass().candidates())
                                .anyMatch(candidate -> candidate.state != state
                                        && candidate.state.stays()
                                        && candidate.state.hosts(queued.job().envelope())));
    }

    /** Workers of which nothing can be said but why they take no job, counted by that reason. */
    public void unknown(Map<Reason, Integer> counts) {
        explainer.unknown(counts);
        cycle.touch();
    }

    /** A job waits, or is not what it was. */
    public void put(PendingJob job) {
        var before = queue.queued(job.key().uid());
        var queued = queue.put(job);
        if (queued != before) {
            explainer.explain(queued);
            cycle.touch();
        }
    }

    /** A job does not wait any more. Not needed for jobs that were placed. */
    public void removeJob(String uid) {
        var queued = queue.remove(uid);
        if (queued != null) {
            explainer.forget(queued);
            cycle.touch();
        }
    }

    /** An attempt takes room of a worker, or takes other room than it did. Not needed for what was placed. */
    public void put(Claim claim) {
        var before = Optional.ofNullable(states.of(claim.worker()).claim(claim.id()));
        if (before.filter(claim::equals).isEmpty()) {
            states.claim(claim);
            before.ifPresent(queue::released);
            queue.claimed(claim);
            cycle.touch();
        }
    }

    /** An attempt takes nothing of a worker any more. */
    public void release(Claim.AttemptId attempt, String worker) {
        states.release(attempt, worker).ifPresent(claim -> {
            queue.released(claim);
            cycle.touch();
        });
    }

    /** What tenants had used when this began. */
    public void restore(Map<String, Usage> past) {
        past.forEach(queue.tenants()::restore);
    }

    /** What tenants have used, as of the last {@link #advance}. */
    public Map<String, Usage> usage() {
        var usage = new HashMap<String, Usage>();
        queue.tenants().all().forEach(t -> usage.put(t.name(), t.usage()));
        return usage;
    }

    /** Room was kept for jobs when this began, by their UIDs. */
    public void restoreReservations(Map<String, ReservationTerm> terms) {
        terms.forEach(reservations::restore);
        cycle.touch();
    }

    /** For how long room is reserved, and which jobs rest since some was reserved in vain, by their UIDs. */
    public Map<String, ReservationTerm> terms() {
        return reservations.terms();
    }

    /** The workers on which room is reserved, by the jobs' UIDs. */
    public Map<String, String> reserved() {
        return reservations.workers();
    }

    /** The room that is reserved, as the last cycle left it. */
    public List<Reservation> reservations() {
        return reservations.all();
    }

    /** Places all that can start now. Placed jobs do not wait any more, and are claims from now on. */
    public CycleResult runCycle(Instant time) {
        return runCycle(time, Integer.MAX_VALUE, CyclePhase.Listener.NONE);
    }

    /**
     * Places what can start now, up to a number of jobs.
     *
     * @param most jobs to place; if there are more, the result is behind, and nothing is explained
     */
    public CycleResult runCycle(Instant time, int most, CyclePhase.Listener listener) {
        advance(time);
        return cycle.run(now, most, listener);
    }

    /** Why a job waits, as of the last cycle; empty if it does not. */
    public Optional<Wait> explain(String uid) {
        return Optional.ofNullable(queue.queued(uid)).map(queued -> explainer.wait(queued, now));
    }

    /**
     * What the last scheduling cycle left. Its cost is bounded by the window.
     *
     * @param jobs the jobs' namespaces and names by their UIDs
     * @param beyondIntake number of jobs of a tenant that this scheduler does not know
     */
    public SchedulerDump dump(
            DumpWindow window, Function<String, Optional<String>> jobs, ToIntFunction<String> beyondIntake) {
        return new DumpMaker(states, queue, reservations).dump(window, jobs, beyondIntake, now);
    }

    /** What is in use of the counted resources that the policy names. */
    public List<CountedUse> countedUse() {
        return queue.countedUse();
    }

    /** The number of jobs that wait. */
    public int waiting() {
        return queue.all().size();
    }

    /** The jobs with a published wait reason, by reason. */
    public Map<Reason, Integer> reasons() {
        return explainer.counts();
    }
}

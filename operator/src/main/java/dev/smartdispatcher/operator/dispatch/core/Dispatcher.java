package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.dispatch.explain.Wait;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.index.Queue;
import dev.smartdispatcher.operator.dispatch.index.Slot;
import dev.smartdispatcher.operator.dispatch.index.Slots;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.dispatch.pass.Judge;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.pass.Preference;
import dev.smartdispatcher.operator.dispatch.pass.Reservation;
import dev.smartdispatcher.operator.dispatch.pass.ReservationTerm;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Hold;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import dev.smartdispatcher.operator.dispatch.share.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dispatch core: remembers workers, waiting jobs and claims, is told what changes, and decides who starts where. What is
 * told happens at the time of the last {@link #advance}. Its decisions are those of the plain pass over a snapshot of what it
 * knows; a pass costs what changed since the last one. Not safe for use by several threads.
 */
public final class Dispatcher {
    /** Jobs that an operator should have placed by a pass: their decisions wait for each other, and then are written. */
    public static final int MOST_AT_ONCE = 50;

    private final Slots slots;
    private final Queue queue;
    private final Reserver reserver;
    private final Explainer explainer;
    private final int enough;
    private Instant now;
    private long shareChanges;
    /** Whether anything was told since the last pass. */
    private boolean touched = true;

    public Dispatcher(ModePenalty penalty, Shares shares, Instant now) {
        this(penalty, shares, now, Preference.ENOUGH);
    }

    /** @param enough workers that are compared for a job at most, for tests on small farms */
    Dispatcher(ModePenalty penalty, Shares shares, Instant now, int enough) {
        this.now = now;
        this.enough = enough;
        slots = new Slots(penalty);
        queue = new Queue(slots, shares, now);
        reserver = new Reserver(slots, queue);
        explainer = new Explainer(slots, queue, reserver);
    }

    /** The tenants' shares from now on. */
    public void share(Shares shares) {
        queue.share(shares);
        shareChanges++;
        explainer.stale();
        touched = true;
    }

    /** How many of a tenant's jobs may start from now on, and why the others wait. */
    public void hold(String tenant, Hold hold) {
        if (queue.hold(tenant, hold)) {
            queue.of(tenant).forEach(explainer::tell);
            touched = true;
        }
        touched |= hold.allowance() > 0;
    }

    /** Whether a job of the tenant waits that some worker could host. */
    public boolean hasReady(String tenant) {
        return queue.hasReady(tenant);
    }

    /** Time goes on: usage grows by what is claimed, and decays. */
    public void advance(Instant time) {
        if (time.isBefore(now)) {
            // What had to end by some time may start again.
            slots.all().stream()
                    .filter(s -> s.worker != null && s.worker.endBy().isPresent())
                    .forEach(slots::grow);
            touched = true;
        }
        queue.advance(time);
        now = time;
    }

    /** A worker is there, or is not what it was. */
    public void put(Worker worker) {
        var slot = slots.of(worker.name());
        if (slot.worker != null && worker.equals(slot.worker.withOthersMillis(worker.othersMillis()))) {
            slots.used(slot, worker);
        } else {
            set(slot, Optional.of(worker));
        }
    }

    /** A worker is gone. Claims on it stay until they are released. */
    public void removeWorker(String name) {
        var slot = slots.of(name);
        if (slot.worker == null) {
            slots.drop(slot);
        } else {
            set(slot, Optional.empty());
        }
    }

    private void set(Slot slot, Optional<Worker> worker) {
        var before = Optional.ofNullable(slot.worker).filter(w -> slot.open).map(Worker::budget);
        var served = slots.set(slot, worker);
        before.ifPresent(budget -> queue.hostsLess(served, budget));
        if (slot.open) {
            queue.hostsMore(slot);
            slots.grow(slot);
        }
        explainer.stale();
        touched = true;
    }

    /** The workers that satisfy some requirements, whether they take jobs now or not. */
    public List<Worker> matching(Requirements requirements) {
        return slots.matching(requirements);
    }

    /** Changes whenever more may start than before: something ended, a worker came or changed, or shares did. */
    public long openings() {
        return slots.growths() + shareChanges;
    }

    /** The number of workers that {@link #couldStart} looks at. */
    public int workers() {
        return slots.all().size();
    }

    /** Whether a job that the dispatcher has not been told of could start now. Costs a look at each worker. */
    public boolean couldStart(PendingJob job) {
        if (!queue.mayStart(job.tenant())) {
            return false;
        }
        var standing = job.from(job.standing(slots.most(job)));
        return slots.all().stream()
                .filter(slot -> slot.open && slot.free.fits(standing.envelope().smallest()))
                .anyMatch(
                        slot -> Judge.rejection(standing, slot.host(), slots.match(standing.requirements(), slot), now)
                                .isEmpty());
    }

    /** Workers of which nothing can be said but why they take no job, counted by that reason. */
    public void unknown(Map<Reason, Integer> counts) {
        explainer.unknown(counts);
        touched = true;
    }

    /** A job waits, or is not what it was. */
    public void put(PendingJob job) {
        var before = queue.entry(job.key().uid());
        var entry = queue.put(job);
        if (entry != before) {
            explainer.tell(entry);
            touched = true;
        }
    }

    /** A job waits no longer. Need not be told of jobs that were placed. */
    public void removeJob(String uid) {
        var entry = queue.remove(uid);
        if (entry != null) {
            explainer.forget(entry);
            touched = true;
        }
    }

    /** An attempt takes room of a worker, or takes other room than it did. Need not be told of what was placed. */
    public void put(Claim claim) {
        var before = Optional.ofNullable(slots.of(claim.worker()).claims.get(claim.id()));
        if (before.filter(claim::equals).isEmpty()) {
            slots.claim(claim);
            before.ifPresent(queue::released);
            queue.claimed(claim);
            touched = true;
        }
    }

    /** An attempt takes nothing of a worker any more. */
    public void release(Claim.AttemptId attempt, String worker) {
        slots.release(attempt, worker).ifPresent(claim -> {
            queue.released(claim);
            touched = true;
        });
    }

    /** What tenants had used when this began. */
    public void restore(Map<String, Usage> past) {
        past.forEach(queue::restore);
    }

    /** What tenants have used, as of the last {@link #advance}. */
    public Map<String, Usage> usage() {
        var usage = new HashMap<String, Usage>();
        queue.tenants().forEach(t -> usage.put(t.name, t.usage));
        return usage;
    }

    /** Room was kept for jobs when this began, by their UIDs. */
    public void keep(Map<String, ReservationTerm> terms) {
        terms.forEach(reserver::keep);
        touched = true;
    }

    /** For how long room is kept, and which jobs rest since some was kept in vain, by their UIDs. */
    public Map<String, ReservationTerm> terms() {
        return reserver.terms();
    }

    /** The workers on which room is kept, by the jobs' UIDs. */
    public Map<String, String> reserved() {
        return reserver.workers();
    }

    /** The room that is kept, as the last pass left it. */
    public List<Reservation> reservations() {
        return reserver.all();
    }

    /** Places all that can start now. Placed jobs wait no longer, and are claims from now on. */
    public Outcome pass(Instant time) {
        return pass(time, Integer.MAX_VALUE, Phase.Listener.NONE);
    }

    /**
     * Places what can start now, up to a number of jobs.
     *
     * @param most jobs to place; if there are more, the outcome is behind, and nobody is told why he waits
     */
    public Outcome pass(Instant time, int most, Phase.Listener listener) {
        advance(time);
        var placements = new ArrayList<Placement>();
        slots.sign();
        var last = reserver.renewed();
        tellAgain(reserver.renew(now));
        touched |= reserver.hasRested(last, now);
        listener.finished(Phase.RENEW);
        if (touched || slots.hasGrown()) {
            explainer.move();
            touched = !place(placements, most, listener);
            if (touched) {
                return new Outcome(placements, List.of(), true);
            }
        }
        tellLimited();
        var waits = explainer.tell(now);
        listener.finished(Phase.EXPLAIN);
        return new Outcome(placements, waits, explainer.isBehind());
    }

    /** Whether nothing more can be placed. */
    private boolean place(List<Placement> placements, int most, Phase.Listener listener) {
        Round round;
        do {
            var chooser = new Chooser(slots, now, enough);
            reserve(chooser, listener);
            round = new Round(slots, queue, reserver, chooser, most - placements.size());
            round.run();
            round.gone().forEach(explainer::forget);
            placements.addAll(round.placements());
            listener.looked(round.looks());
            listener.finished(Phase.PLACE);
            if (round.isCut()) {
                return false;
            }
        } while (round.hasFreed());
        reserve(new Chooser(slots, now, enough), listener);
        return true;
    }

    private void reserve(Chooser chooser, Phase.Listener listener) {
        tellAgain(reserver.reserve(chooser, now));
        listener.finished(Phase.RESERVE);
    }

    private void tellAgain(Iterable<String> jobs) {
        jobs.forEach(job -> Optional.ofNullable(queue.entry(job)).ifPresent(explainer::tell));
    }

    private void tellLimited() {
        for (var tenant : queue.tenants()) {
            boolean limited = !tenant.isHeld() && !tenant.mayStart();
            if (tenant.toldLimited != limited) {
                tenant.toldLimited = limited;
                explainer.stale();
            }
        }
    }

    /** Why a job waits, as of the last pass; empty if it does not. */
    public Optional<Wait> explain(String uid) {
        return Optional.ofNullable(queue.entry(uid)).map(entry -> explainer.wait(entry, now));
    }

    /** The number of jobs that wait. */
    public int waiting() {
        return queue.all().size();
    }

    /** The jobs that were told why they wait, by reason. */
    public Map<Reason, Integer> reasons() {
        return explainer.counts();
    }
}

package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.match.Gap;
import dev.smartdispatcher.operator.dispatch.match.Match;
import dev.smartdispatcher.operator.dispatch.match.Matcher;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
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

/** The workers, what is free on each, and which of them can serve which demand: brought up to date by what changes. */
public final class Slots {
    /** Idle demands beyond half of all that are kept. */
    private static final int SPARE = 2;

    private final Map<String, Slot> byName = new TreeMap<>();
    private final Map<Requirements, Demand> demands = new LinkedHashMap<>();
    private final Set<Slot> grown = new LinkedHashSet<>();
    /** The demands that grown workers can serve. */
    private final Set<Demand> stirred = new LinkedHashSet<>();

    private final ModePenalty penalty;
    private final Matcher matcher;
    /** The numbers that demands have. */
    private final BitSet taken = new BitSet();

    /** CPU of the workers that take jobs, in millicores. */
    private long budgetMillis;

    private boolean signaturesStale;
    private long version;
    private long growths;

    public Slots(ModePenalty penalty) {
        this.penalty = penalty;
        matcher = new Matcher(penalty);
    }

    /** The slot of a name, whether there is a worker or not. */
    public Slot of(String name) {
        return byName.computeIfAbsent(name, Slot::new);
    }

    /** All slots. */
    public Collection<Slot> all() {
        return byName.values();
    }

    /** CPU of the workers that take jobs, in millicores. */
    public long budgetMillis() {
        return budgetMillis;
    }

    /** The demand of some requirements; its workers are looked for when it is new. */
    Demand demand(Requirements requirements) {
        var known = demands.get(requirements);
        if (known != null) {
            return known;
        }
        var demand = new Demand(taken.nextClearBit(0), requirements);
        taken.set(demand.id);
        demands.put(requirements, demand);
        byName.values().stream().filter(s -> s.worker != null).forEach(s -> match(demand, s));
        signaturesStale = true;
        return demand;
    }

    /** The workers that satisfy some requirements, open or not. Costs a look at each worker where no job has these. */
    public List<Worker> matching(Requirements requirements) {
        var known = demands.get(requirements);
        return known == null
                ? byName.values().stream()
                        .filter(s -> s.worker != null
                                && matcher.match(requirements, s.worker).mode().isPresent())
                        .map(s -> s.worker)
                        .toList()
                : Arrays.stream(known.members()).map(m -> m.slot.worker).toList();
    }

    /** Others use more or less of a slot's worker; nothing else depends on it but the size of what starts next. */
    public void used(Slot slot, Worker worker) {
        slot.worker = worker;
        slot.setFree(slot.free);
    }

    /** Sets what a slot's worker is, or that there is none; returns the demands that it could serve before. */
    public List<Demand> set(Slot slot, Optional<Worker> worker) {
        var before = slot.members.stream().map(m -> m.demand).toList();
        shrink(slot);
        budgetMillis -= slot.budgetCpu();
        boolean alike = slot.worker != null
                && worker.filter(w -> w.matchesAs(slot.worker)).isPresent();
        if (alike) {
            boolean wasOpen = slot.open;
            offer(slot, -1);
            fill(slot, worker);
            offer(slot, 1);
            if (slot.open != wasOpen) {
                demands.values().forEach(d -> d.mismatches.forget());
            }
        } else {
            unmatch(slot);
            fill(slot, worker);
            if (slot.worker != null) {
                demands.values().forEach(d -> match(d, slot));
            }
            signaturesStale = true;
        }
        budgetMillis += slot.budgetCpu();
        version++;
        drop(slot);
        return before;
    }

    /** Forgets a slot of which nothing is known: no worker, and no claims. */
    public void drop(Slot slot) {
        if (slot.worker == null && slot.claims.isEmpty()) {
            byName.remove(slot.name);
        }
    }

    private static void fill(Slot slot, Optional<Worker> worker) {
        slot.worker = worker.orElse(null);
        slot.open = worker.filter(w -> w.closed().isEmpty()).isPresent();
        slot.speed = worker.map(Worker::speed).orElse(0);
        slot.strength = worker.map(Worker::strength).orElse(0L);
        slot.setFree(worker.map(w -> w.budget().minus(slot.claimed())).orElse(Room.NONE));
    }

    private void match(Demand demand, Slot slot) {
        var match = matcher.match(demand.requirements, slot.worker);
        match.rejection().ifPresent(reason -> demand.mismatches.add(reason));
        match.mode().ifPresent(mode -> {
            var member = new Member(demand, slot, match, mode, penalty.of(mode));
            slot.add(member);
            demand.add(member);
            if (slot.open) {
                demand.offers(slot.free);
            }
        });
    }

    private void unmatch(Slot slot) {
        slot.members.forEach(m -> m.demand.remove(slot));
        slot.forget();
        if (slot.worker != null) {
            for (var demand : demands.values()) {
                matcher.match(demand.requirements, slot.worker).rejection().ifPresent(demand.mismatches::remove);
            }
        }
    }

    /** A claim is made or is another than it was. */
    public void claim(Claim claim) {
        var slot = of(claim.worker());
        var before = slot.claims.put(claim.id(), claim);
        change(slot, before == null ? Room.NONE : before.room(), claim.room());
    }

    /** A claim is no more; returns what it was. */
    public Optional<Claim> release(Claim.AttemptId attempt, String worker) {
        var slot = of(worker);
        var before = Optional.ofNullable(slot.claims.remove(attempt));
        before.ifPresent(claim -> change(slot, claim.room(), Room.NONE));
        drop(slot);
        return before;
    }

    private void change(Slot slot, Room before, Room after) {
        if (slot.worker != null && !before.equals(after)) {
            offer(slot, -1);
            slot.setFree(slot.free.plus(before).minus(after));
            offer(slot, 1);
            version++;
            if (after.fits(before)) {
                slot.members.forEach(m -> m.demand.grown.shrunk());
            } else {
                grow(slot);
            }
        }
    }

    private static void offer(Slot slot, int sign) {
        long millis = sign * slot.offeredCpu();
        long budget = sign * slot.budgetCpu();
        for (var member : slot.members) {
            member.demand.offered(millis, budget);
        }
    }

    /** More may start on a worker than before, if it is open. */
    public void grow(Slot slot) {
        if (slot.open) {
            growths++;
            grown.add(slot);
            for (var member : slot.members) {
                member.demand.offers(slot.free);
                member.demand.grown.add(member);
                stirred.add(member.demand);
            }
        }
    }

    /** How often more could start on a worker than before. */
    public long growths() {
        return growths;
    }

    /** The largest N that some worker that takes jobs, and will go on to, could ever give a job; 0 if there is none. */
    public int most(PendingJob job) {
        return byName.values().stream()
                .filter(slot -> slot.stays()
                        && matcher.match(job.requirements(), slot.worker).mode().isPresent())
                .mapToInt(slot -> job.envelope().largestIn(slot.worker.budget()))
                .max()
                .orElse(0);
    }

    /** Nothing is known of a worker for now. */
    private void shrink(Slot slot) {
        if (grown.remove(slot)) {
            slot.members.forEach(m -> m.demand.grown.remove(m));
        }
    }

    /** Whether there are workers on which more may start than before. */
    public boolean hasGrown() {
        return !grown.isEmpty();
    }

    /** The demands that could use them. */
    public Set<Demand> stirred() {
        return stirred;
    }

    /** All jobs have been tried on them. */
    public void settle() {
        grown.clear();
        stirred.forEach(demand -> demand.grown.settle());
        stirred.clear();
    }

    /** The pressure of demands on workers changed. */
    void repress() {
        version++;
    }

    /** Of the waiting jobs on a worker. */
    public long pressure(Slot slot) {
        return slot.signature.pressure(version);
    }

    /** Of a core of a worker: see {@link Demand#price}. */
    public long price(Slot slot) {
        return slot.signature.price(version);
    }

    /** The least price of a core on any worker that can serve a demand. */
    public long leastPrice(Demand demand) {
        return demand.leastPrice(version);
    }

    /** To be called before pressures are asked for, after workers or demands changed. */
    public void sign() {
        forget();
        if (!signaturesStale) {
            return;
        }
        var known = new HashMap<BitSet, Signature>();
        int order = 0;
        for (var slot : byName.values()) {
            slot.order = order++;
            slot.signature = known.computeIfAbsent(
                    slot.served,
                    k -> new Signature(slot.members.stream().map(m -> m.demand).toList()));
        }
        demands.values().forEach(Demand::unsign);
        known.values().forEach(Signature::join);
        signaturesStale = false;
    }

    /** Demands that nobody has any more are kept for a while, since they come again, but not without end. */
    private void forget() {
        var idle = demands.values().stream().filter(d -> d.lanes.isEmpty()).collect(Collectors.toSet());
        if (idle.size() > demands.size() / 2 + SPARE) {
            demands.values().removeAll(idle);
            idle.forEach(demand -> taken.clear(demand.id));
            stirred.removeAll(idle);
            byName.values().forEach(slot -> slot.forget(idle));
            signaturesStale = true;
        }
    }

    /** The nearest of the workers that cannot serve a demand, one for each reason. */
    public List<Gap> nearest(Demand demand) {
        return demand.mismatches.nearest(byName);
    }

    /** How a worker serves a demand; a rejection if it does not. */
    public Match match(Requirements requirements, Slot slot) {
        return matcher.match(requirements, slot.worker);
    }
}

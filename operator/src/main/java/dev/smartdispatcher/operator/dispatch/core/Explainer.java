package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.explain.Estimate;
import dev.smartdispatcher.operator.dispatch.explain.Explanation;
import dev.smartdispatcher.operator.dispatch.explain.Tally;
import dev.smartdispatcher.operator.dispatch.explain.Wait;
import dev.smartdispatcher.operator.dispatch.index.Demand;
import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Queue;
import dev.smartdispatcher.operator.dispatch.index.Slots;
import dev.smartdispatcher.operator.dispatch.pass.Judge;
import dev.smartdispatcher.operator.dispatch.pass.Reservation;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells jobs why they wait: new ones at once, and all again, a part of them a pass, after something changed on which more
 * depends than what is free. Jobs of equal shape share an answer.
 */
final class Explainer {
    /** Workers looked at for explanations in a pass, about: a millisecond or two. */
    private static final int WORK = 15_000;
    /** Jobs told in a pass at most; more than can be written meanwhile. */
    private static final int MOST = 50;

    private final Slots slots;
    private final Queue queue;
    private final Reserver reserver;
    private final Outlook outlook;
    private final Fresh fresh = new Fresh();
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private Map<Reason, Integer> unknown = Map.of();
    /** Where telling all of them again has got to; 0 when it is done. */
    private int sweep;

    private boolean stale;

    Explainer(Slots slots, Queue queue, Reserver reserver) {
        this.slots = slots;
        this.queue = queue;
        this.reserver = reserver;
        outlook = new Outlook(slots, queue, reserver);
    }

    void unknown(Map<Reason, Integer> reasons) {
        unknown = Map.copyOf(reasons);
        stale = true;
    }

    /** Something changed that many reasons depend on. */
    void stale() {
        stale = true;
    }

    /** Something changed that only starts depend on. */
    void move() {
        outlook.move();
    }

    /** A job is to be told in this pass or the next ones. */
    void tell(Entry entry) {
        if (!entry.toTell) {
            entry.toTell = true;
            fresh.add(entry);
        }
    }

    /** A job waits no longer. */
    void forget(Entry entry) {
        count(entry.toldReason, -1);
        entry.toldReason = null;
    }

    /** Jobs that were told, by reason. */
    Map<Reason, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** Whether jobs are left to be told. */
    boolean isBehind() {
        return stale || sweep > 0 || !fresh.isEmpty();
    }

    /** What there is to tell now. */
    List<Wait> tell(Instant now) {
        var known = new HashMap<Shape, Explanation>();
        var waits = new ArrayList<Wait>();
        outlook.update(now).stream()
                .map(queue::entry)
                .filter(entry -> entry != null && entry.toldReason != null)
                .filter(entry -> !Estimate.isAbout(entry.toldStart, start(entry), now))
                .forEach(this::tell);
        if (stale && sweep == 0) {
            sweep = queue.all().size();
            stale = false;
        }
        int work = 0;
        while (work < WORK && waits.size() < MOST) {
            var entry = next();
            if (entry == null) {
                break;
            }
            int before = known.size();
            var demand = entry.lane.demand;
            work += demand.mismatches.isSearched() ? 0 : slots.all().size();
            var explanation = explain(entry, now, known, start(entry));
            work += known.size() == before ? 1 : 1 + demand.members().length;
            told(entry, explanation, now, waits);
        }
        return waits;
    }

    private Entry next() {
        while (!fresh.isEmpty()) {
            var entry = fresh.next();
            entry.toTell = false;
            if (queue.entry(entry.uid()) == entry) {
                return entry;
            }
        }
        // From the end: what takes the place of a job that is removed comes from there, and was told.
        sweep = Math.min(sweep, queue.all().size());
        return sweep == 0 ? null : queue.all().get(--sweep);
    }

    private void told(Entry entry, Explanation explanation, Instant now, List<Wait> waits) {
        int hash = Objects.hash(explanation.reason(), explanation.message(), explanation.reservedWorker());
        if (entry.toldReason == explanation.reason()
                && entry.toldHash == hash
                && Estimate.isAbout(entry.toldStart, explanation.estimatedStart(), now)) {
            return;
        }
        count(entry.toldReason, -1);
        count(explanation.reason(), 1);
        entry.toldReason = explanation.reason();
        entry.toldHash = hash;
        entry.toldStart = explanation.estimatedStart();
        waits.add(new Wait(entry.job.key(), entry.lane.tenant.position(entry), explanation));
    }

    private void count(Reason reason, int more) {
        if (reason != null) {
            counts.merge(reason, more, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    /** Why a job waits, its place, and what is kept for it. */
    Wait wait(Entry entry, Instant now) {
        var start = reserver.of(entry.uid())
                .map(Reservation::start)
                .orElseGet(() -> Optional.ofNullable(outlook.starts(now).get(entry.uid())));
        return new Wait(
                entry.job.key(), entry.lane.tenant.position(entry), explain(entry, now, new HashMap<>(), start));
    }

    /** When a job is expected to start: where room is kept for it then, else as of the last look. */
    private Optional<Instant> start(Entry entry) {
        return reserver.of(entry.uid()).map(Reservation::start).orElseGet(() -> outlook.of(entry));
    }

    private record Shape(Demand demand, PendingJob.Shape shape, int footing) {}

    private Explanation explain(Entry entry, Instant now, Map<Shape, Explanation> known, Optional<Instant> start) {
        var own = reserver.of(entry.uid());
        var explanation = own.isPresent()
                ? tally(entry, now)
                : known.computeIfAbsent(
                        new Shape(entry.lane.demand, entry.job.shape(), entry.footing), s -> tally(entry, now));
        explanation = explanation.with(own.map(r -> r.worker().name()), start);
        var tenant = entry.lane.tenant;
        if (tenant.isHeld()) {
            return tenant.told().map(explanation::held).orElse(explanation);
        }
        return tenant.mayStart() ? explanation : explanation.limited(tenant.jobs);
    }

    private Explanation tally(Entry entry, Instant now) {
        var demand = entry.lane.demand;
        var tally = new Tally(entry.job.requirements(), entry.job.envelope(), unknown);
        demand.mismatches.counts().forEach(tally::add);
        for (var gap : slots.nearest(demand)) {
            var host = slots.of(gap.worker().name()).host();
            Judge.near(entry.job, entry.footing, host, gap, now, tally);
        }
        var crowd = new Crowd(entry);
        for (var member : demand.members()) {
            if (!crowd.takes(member.slot)) {
                Judge.count(entry.job, entry.footing, member.slot.host(), member.match, now, tally);
            }
        }
        crowd.tell(tally);
        return tally.explain(Optional.empty(), Optional.empty());
    }
}

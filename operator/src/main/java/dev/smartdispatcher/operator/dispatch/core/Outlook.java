package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Queue;
import dev.smartdispatcher.operator.dispatch.index.Slot;
import dev.smartdispatcher.operator.dispatch.index.Slots;
import dev.smartdispatcher.operator.dispatch.pass.Forecast;
import dev.smartdispatcher.operator.dispatch.pass.Judge;
import dev.smartdispatcher.operator.dispatch.pass.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When the first of the waiting jobs are expected to start: looked at again when something moved, but not all the time. */
final class Outlook {
    private static final Duration EACH = Duration.ofMinutes(1);
    /** So many workers are looked at in no time: then it is looked at each time. */
    private static final int CHEAP = 1_000;

    private final Slots slots;
    private final Queue queue;
    private final Reserver reserver;
    private Map<String, Instant> starts = Map.of();
    private boolean moved = true;
    private Instant last = Instant.MIN;
    private int work;

    Outlook(Slots slots, Queue queue, Reserver reserver) {
        this.slots = slots;
        this.queue = queue;
        this.reserver = reserver;
    }

    /** Something was told, placed or ended since it was looked at. */
    void move() {
        moved = true;
    }

    /** Looks again if that is due; returns the jobs that have, or had, an estimate, none if it was not. */
    Set<String> update(Instant now) {
        if (!moved || (work > CHEAP && !now.isBefore(last) && now.isBefore(last.plus(EACH)))) {
            return Set.of();
        }
        moved = false;
        last = now;
        var jobs = new HashSet<>(starts.keySet());
        starts = starts(now);
        jobs.addAll(starts.keySet());
        jobs.addAll(reserver.workers().keySet());
        return jobs;
    }

    /** The start of a job as of the last look; empty if it is reserved or not known. */
    Optional<Instant> of(Entry entry) {
        return Optional.ofNullable(starts.get(entry.uid()));
    }

    /** The starts of jobs as of now, by their UIDs; without those that room is kept for. */
    Map<String, Instant> starts(Instant now) {
        var forecast = new Forecast(now);
        for (var kept : reserver.all()) {
            forecast.keep(kept, place(slots.of(kept.worker().name())));
        }
        var turns = new Turns(queue.shares());
        for (var tenant : queue.tenants()) {
            if (tenant.isHeld()) {
                continue;
            }
            turns.add(tenant.name, tenant.jobs, tenant.chargedMillis(), tenant.usage.cpuSeconds(), tenant.line());
        }
        var found = new HashMap<String, Instant>();
        work = 0;
        for (int i = 0; i < Forecast.MOST && forecast.goesOn(); i++) {
            var next = turns.next();
            if (next.isEmpty()) {
                break;
            }
            var entry = queue.entry(next.get().key().uid());
            if (!entry.isKept()) {
                var members = entry.lane.demand.members().length;
                work += members;
                forecast.next(entry.job, places(entry, now), members).ifPresent(start -> found.put(entry.uid(), start));
            }
        }
        return found;
    }

    private static List<Forecast.Place> places(Entry entry, Instant now) {
        var places = new ArrayList<Forecast.Place>();
        for (var member : entry.lane.demand.members()) {
            var slot = member.slot;
            if (!isShut(slot)
                    && Judge.refusal(entry.job, slot.worker, member.match, now).isEmpty()) {
                places.add(place(slot));
            }
        }
        return places;
    }

    private static Forecast.Place place(Slot slot) {
        return new Forecast.Place(slot.worker, slot.free, slot.claims.values());
    }

    private static boolean isShut(Slot slot) {
        return slot.kept != null && slot.kept.reservation().start().isEmpty();
    }
}

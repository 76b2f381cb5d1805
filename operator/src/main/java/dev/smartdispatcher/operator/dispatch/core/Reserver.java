package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Queue;
import dev.smartdispatcher.operator.dispatch.index.Slot;
import dev.smartdispatcher.operator.dispatch.index.Slots;
import dev.smartdispatcher.operator.dispatch.index.Tenant;
import dev.smartdispatcher.operator.dispatch.pass.Host;
import dev.smartdispatcher.operator.dispatch.pass.Judge;
import dev.smartdispatcher.operator.dispatch.pass.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps room for jobs that can start nowhere now. */
final class Reserver {
    private final Slots slots;
    private final Queue queue;
    private final Map<String, Slot> byJob = new LinkedHashMap<>();
    private Instant before = Instant.MIN;

    Reserver(Slots slots, Queue queue) {
        this.slots = slots;
        this.queue = queue;
    }

    /** Room is kept for a job from now on, if that makes sense. */
    void keep(String job, Slot slot) {
        byJob.put(job, slot);
    }

    /** Drops what makes no sense any more, and looks at what can be known about the rest now. */
    Set<String> renew(Instant now) {
        var dropped = new HashSet<String>();
        byJob.entrySet().removeIf(kept -> {
            var slot = kept.getValue();
            var entry = queue.entry(kept.getKey());
            if (entry == null || !entry.lane.tenant.mayStart() || !couldHost(entry, slot, now)) {
                dropped.add(kept.getKey());
                free(slot);
                Optional.ofNullable(entry).ifPresent(e -> e.keep(false));
                return true;
            }
            entry.keep(true);
            var was = slot.kept;
            set(slot, entry, reservation(entry, slot, now));
            if (was != null && loosened(was, slot.kept, now)) {
                slots.grow(slot);
            }
            return false;
        });
        before = now;
        return dropped;
    }

    private boolean couldHost(Entry entry, Slot slot, Instant now) {
        return slot.worker != null
                && Judge.refusal(entry.job, slot.worker, slots.match(entry.job.requirements(), slot), now)
                        .isEmpty();
    }

    /** Whether jobs may start beside the reservation now that could not before. */
    private boolean loosened(Host.Kept was, Host.Kept is, Instant now) {
        if (!was.beside().fits(is.beside())) {
            return true;
        }
        var start = is.reservation().start();
        var earlier = was.reservation().start();
        return start.isPresent()
                && (earlier.isEmpty()
                        || Duration.between(now, start.get()).compareTo(Duration.between(before, earlier.get())) > 0);
    }

    /** Keeps room for the first job of each lane that can start nowhere, poorest tenants first. */
    Set<String> reserve(Chooser chooser, Instant now) {
        var added = new HashSet<String>();
        if (byJob.size() >= Reservation.MOST) {
            return added;
        }
        var counts = counts();
        for (var tenant : queue.poorestFirst()) {
            if (!tenant.mayStart() || counts.getOrDefault(tenant, 0) >= Reservation.MOST_OF_TENANT) {
                continue;
            }
            var heads = tenant.lanes.values().stream()
                    .map(lane -> lane.ready.first())
                    .filter(e -> e != null && !e.isKept())
                    .sorted(Entry.ORDER)
                    .toList();
            for (var head : heads) {
                if (byJob.size() < Reservation.MOST
                        && counts.getOrDefault(tenant, 0) < Reservation.MOST_OF_TENANT
                        && !chooser.canStart(head)
                        && reserve(head, now)) {
                    counts.merge(tenant, 1, Integer::sum);
                    added.add(head.uid());
                }
            }
        }
        return added;
    }

    private Map<Tenant, Integer> counts() {
        var counts = new HashMap<Tenant, Integer>();
        byJob.keySet().forEach(uid -> counts.merge(queue.entry(uid).lane.tenant, 1, Integer::sum));
        return counts;
    }

    private boolean reserve(Entry entry, Instant now) {
        Optional<Reservation.Option> soonest = Optional.empty();
        for (var member : entry.lane.demand.members()) {
            var slot = member.slot;
            if (slot.kept == null
                    && Judge.refusal(entry.job, slot.worker, member.match, now).isEmpty()) {
                var option = new Reservation.Option(reservation(entry, slot, now), slot.free);
                soonest = soonest.filter(s -> s.compareTo(option) <= 0).or(() -> Optional.of(option));
            }
        }
        soonest.ifPresent(option -> {
            var slot = slots.of(option.reservation().worker().name());
            byJob.put(entry.uid(), slot);
            entry.keep(true);
            set(slot, entry, option.reservation());
            slots.shrunk(slot);
        });
        return soonest.isPresent();
    }

    private static Reservation reservation(Entry entry, Slot slot, Instant now) {
        return Reservation.of(entry.job, slot.worker, slot.free, slot.claims.values(), now);
    }

    /** Something started on a slot. */
    void started(Slot slot) {
        if (slot.kept != null) {
            set(slot, slot.keptFor, slot.kept.reservation());
        }
    }

    private static void set(Slot slot, Entry entry, Reservation reservation) {
        slot.keptFor = entry;
        slot.shut = reservation.start().isEmpty();
        slot.kept = new Host.Kept(reservation, reservation.beside(slot.claims.values()));
    }

    /** The room that was kept for a job is free again, if any was. */
    boolean release(String job) {
        var slot = byJob.remove(job);
        if (slot != null) {
            free(slot);
        }
        return slot != null;
    }

    private void free(Slot slot) {
        slot.kept = null;
        slot.keptFor = null;
        slot.shut = false;
        slots.grow(slot);
    }

    /** Whether room is kept for a job. */
    Optional<Reservation> of(String job) {
        return Optional.ofNullable(byJob.get(job)).map(slot -> slot.kept.reservation());
    }

    /** The workers by the jobs that room is kept for. */
    Map<String, String> workers() {
        var workers = new HashMap<String, String>();
        byJob.forEach((job, slot) -> workers.put(job, slot.name));
        return workers;
    }
}

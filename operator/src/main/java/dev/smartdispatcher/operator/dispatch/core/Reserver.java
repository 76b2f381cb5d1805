package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Queue;
import dev.smartdispatcher.operator.dispatch.index.Slot;
import dev.smartdispatcher.operator.dispatch.index.Slots;
import dev.smartdispatcher.operator.dispatch.index.Tenant;
import dev.smartdispatcher.operator.dispatch.pass.Host;
import dev.smartdispatcher.operator.dispatch.pass.Judge;
import dev.smartdispatcher.operator.dispatch.pass.Reservation;
import dev.smartdispatcher.operator.dispatch.pass.ReservationTerm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps room for jobs that can start nowhere now. */
final class Reserver {
    private final Slots slots;
    private final Queue queue;
    /** Where room is kept, by the jobs' UIDs. */
    private final Map<String, Slot> byJob = new LinkedHashMap<>();
    /** For how long, and which jobs rest after they had room kept in vain. */
    private final Map<String, ReservationTerm> terms = new HashMap<>();

    private Instant before = Instant.MIN;

    Reserver(Slots slots, Queue queue) {
        this.slots = slots;
        this.queue = queue;
    }

    /** Room is kept for a job from now on, if that makes sense; or the job rests. */
    void keep(String job, ReservationTerm term) {
        terms.put(job, term);
        if (!term.resting()) {
            byJob.put(job, slots.of(term.worker()));
        }
    }

    /** Drops what makes no sense any more, and looks at what can be known about the rest now. */
    Set<String> renew(Instant now) {
        var dropped = new HashSet<String>();
        var had = new LinkedHashMap<>(byJob);
        byJob.clear();
        terms.keySet().removeIf(job -> queue.entry(job) == null);
        had.forEach((job, slot) -> {
            if (queue.entry(job) == null) {
                free(slot);
                dropped.add(job);
            }
        });
        had.keySet().stream()
                .map(queue::entry)
                .filter(Objects::nonNull)
                .sorted(Entry.ORDER)
                .forEach(entry -> renew(entry, had.get(entry.uid()), now, dropped));
        before = now;
        return dropped;
    }

    private void renew(Entry entry, Slot slot, Instant now, Set<String> dropped) {
        var job = entry.uid();
        if (!entry.lane.tenant.mayStart()
                || !couldHost(entry, slot, now)
                || byJob.containsValue(slot)
                || !allows(slot, keptMillis())) {
            terms.remove(job);
        } else {
            var kept = reservation(entry, slot, now);
            var term = terms.get(job).at(now, kept.start());
            if (!term.isOver(now)) {
                byJob.put(job, slot);
                terms.put(job, term);
                entry.lane.keep(entry, true);
                var was = slot.kept;
                set(slot, kept.within(term));
                if (was != null && loosened(was, slot.kept, now)) {
                    slots.grow(slot);
                }
                return;
            }
            terms.put(job, term.rest(now));
        }
        dropped.add(job);
        entry.lane.keep(entry, false);
        if (!byJob.containsValue(slot)) {
            free(slot);
        }
    }

    /** Whether a job that rested since the room was given back may have some again, which it might not at the last renewal. */
    boolean hasRested(Instant last, Instant now) {
        return terms.values().stream().anyMatch(h -> h.resting() && h.isOver(now) && !h.isOver(last));
    }

    /** When reservations were last renewed. */
    Instant renewed() {
        return before;
    }

    private long keptMillis() {
        return byJob.values().stream().mapToLong(Slot::budgetCpu).sum();
    }

    private boolean allows(Slot slot, long keptMillis) {
        return Reservation.allows(
                keptMillis, slot.worker, slots.budgetMillis(), queue.shares().maxReservedPercent());
    }

    private boolean couldHost(Entry entry, Slot slot, Instant now) {
        return slot.worker != null
                && Judge.refusal(entry.job, slot.worker, slots.match(entry.job.requirements(), slot), now)
                        .isEmpty();
    }

    /** Whether jobs may start beside the reservation now that could not before. */
    private boolean loosened(Host.Kept was, Host.Kept is, Instant now) {
        var start = is.reservation().start();
        return !was.beside().fits(is.beside())
                || start.isEmpty() && was.reservation().start().isPresent()
                || Duration.between(now, limit(is)).compareTo(Duration.between(before, limit(was))) > 0;
    }

    /** By when others have to be gone. */
    private static Instant limit(Host.Kept kept) {
        return kept.reservation().start().orElse(kept.reservation().until());
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
                        && !rests(head, now)
                        && !chooser.canStart(head)
                        && reserve(head, now)) {
                    counts.merge(tenant, 1, Integer::sum);
                    added.add(head.uid());
                }
            }
        }
        return added;
    }

    private boolean rests(Entry entry, Instant now) {
        var term = terms.get(entry.uid());
        return term != null && !term.isOver(now);
    }

    /** Workers that were kept in vain a while ago. */
    private Set<String> resting(Instant now) {
        return terms().values().stream()
                .filter(h -> h.resting() && !h.isOver(now))
                .map(ReservationTerm::worker)
                .collect(Collectors.toSet());
    }

    private Map<Tenant, Integer> counts() {
        var counts = new HashMap<Tenant, Integer>();
        byJob.keySet().forEach(uid -> counts.merge(queue.entry(uid).lane.tenant, 1, Integer::sum));
        return counts;
    }

    private boolean reserve(Entry entry, Instant now) {
        long keptMillis = keptMillis();
        var resting = resting(now);
        Optional<Reservation.Option> soonest = Optional.empty();
        for (var member : entry.lane.demand.members()) {
            var slot = member.slot;
            if (slot.kept == null
                    && !resting.contains(slot.name)
                    && allows(slot, keptMillis)
                    && Judge.refusal(entry.job, slot.worker, member.match, now).isEmpty()) {
                var option = new Reservation.Option(reservation(entry, slot, now), slot.free);
                soonest = soonest.filter(s -> s.compareTo(option) <= 0).or(() -> Optional.of(option));
            }
        }
        soonest.ifPresent(option -> {
            var slot = slots.of(option.reservation().worker().name());
            var before = Optional.ofNullable(terms.get(entry.uid()));
            var term = ReservationTerm.begin(slot.name, before, now)
                    .at(now, option.reservation().start());
            byJob.put(entry.uid(), slot);
            terms.put(entry.uid(), term);
            entry.lane.keep(entry, true);
            set(slot, option.reservation().within(term));
        });
        return soonest.isPresent();
    }

    private static Reservation reservation(Entry entry, Slot slot, Instant now) {
        return Reservation.of(entry.job, slot.worker, slot.free, slot.claims.values(), now);
    }

    /** Something started on a slot. */
    void started(Slot slot) {
        if (slot.kept != null) {
            set(slot, slot.kept.reservation());
        }
    }

    private void set(Slot slot, Reservation reservation) {
        charge(slot, -1);
        slot.kept = new Host.Kept(reservation, reservation.beside(slot.claims.values()));
        charge(slot, 1);
    }

    /** Room that is kept counts for its tenant as if the job ran. */
    private void charge(Slot slot, int sign) {
        if (slot.kept != null) {
            var reservation = slot.kept.reservation();
            queue.tenant(reservation.job().tenant())
                    .reserved(sign * reservation.need().cpuMillis());
        }
    }

    /** The room that was kept for a job is free again, if any was. */
    boolean release(String job) {
        var slot = byJob.remove(job);
        terms.remove(job);
        if (slot != null) {
            free(slot);
        }
        return slot != null;
    }

    private void free(Slot slot) {
        charge(slot, -1);
        slot.kept = null;
        slots.grow(slot);
    }

    /** Whether room is kept for a job. */
    Optional<Reservation> of(String job) {
        return Optional.ofNullable(byJob.get(job)).map(slot -> slot.kept.reservation());
    }

    /** All the room that is kept, as of the last {@link #renew} or {@link #reserve}. */
    List<Reservation> all() {
        return byJob.values().stream()
                .filter(slot -> slot.kept != null)
                .map(slot -> slot.kept.reservation())
                .toList();
    }

    /** The workers by the jobs that room is kept for. */
    Map<String, String> workers() {
        var workers = new HashMap<String, String>();
        byJob.forEach((job, slot) -> workers.put(job, slot.name));
        return workers;
    }

    /** For how long room is kept for jobs that wait, and which rest, by their UIDs. */
    Map<String, ReservationTerm> terms() {
        var waiting = new HashMap<>(terms);
        waiting.keySet().removeIf(job -> queue.entry(job) == null);
        return waiting;
    }
}

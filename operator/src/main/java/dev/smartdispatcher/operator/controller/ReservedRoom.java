package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.api.worker.ReservedFor;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.explain.Estimate;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * For which job room is reserved on which worker, as the last cycle left it and as the workers' statuses are to show it. Before the
 * first cycle that is what they show. Safe for use by several threads.
 */
public final class ReservedRoom {
    private final Function<String, Optional<ReservedFor>> published;
    /** By worker; null before the first cycle. */
    private volatile Map<String, ReservedFor> told;

    /**
     * Before the first cycle.
     *
     * @param published what the status of a worker shows
     */
    public ReservedRoom(Function<String, Optional<ReservedFor>> published) {
        this.published = published;
    }

    /** For which job room is reserved on a worker. */
    public Optional<ReservedFor> on(String worker) {
        var now = told;
        return now == null ? published.apply(worker) : Optional.ofNullable(now.get(worker));
    }

    /** Room is reserved for these jobs now; returns the workers whose status is to change. */
    public Set<String> update(Collection<Reservation> reservations, Instant now) {
        var before = reservations.stream()
                .map(r -> r.worker().name())
                .flatMap(worker -> on(worker).map(reserved -> Map.entry(worker, reserved)).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var after = new HashMap<String, ReservedFor>();
        var changed = told == null ? new HashSet<String>() : new HashSet<>(told.keySet());
        for (var reservation : reservations) {
            var worker = reservation.worker().name();
            var reserved = publish(reservation, Optional.ofNullable(before.get(worker)), now);
            after.put(worker, reserved);
            if (Objects.equals(reserved, before.get(worker))) {
                changed.remove(worker);
            } else {
                changed.add(worker);
            }
        }
        told = Map.copyOf(after);
        return changed;
    }

    private static ReservedFor publish(Reservation reservation, Optional<ReservedFor> before, Instant now) {
        var start = reservation.start();
        var fresh = new ReservedFor(
                reservation.job().key().namespace(),
                reservation.job().key().name(),
                Quantities.ofMillis(reservation.need().cpuMillis()),
                Quantities.ofBytes(reservation.need().memory()),
                Quantities.ofBytes(reservation.need().disk()),
                now.truncatedTo(ChronoUnit.SECONDS),
                start.map(t -> t.truncatedTo(ChronoUnit.SECONDS)).orElse(null));
        var same = before.filter(b -> b.isAs(fresh));
        return same.filter(b -> Estimate.isAbout(Optional.ofNullable(b.estimatedStart()), start, now))
                .orElse(fresh.with(same.map(ReservedFor::since).orElse(fresh.since()), fresh.estimatedStart()));
    }
}

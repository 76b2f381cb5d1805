package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When the first of the waiting jobs start, if each of them takes the time that it states and its smallest N, and nobody comes
 * before them. A job goes where it can start first beside all that runs and all that is ahead of it. What runs for an unknown
 * time never ends here: where a start depends on it there is no estimate. Nor is there one on a worker that is kept for a job
 * whose start is not known.
 */
public final class Forecast {
    /** Jobs that are looked at: further ahead an estimate is not worth its name. */
    public static final int MOST = 32;
    /** Workers that are looked at for all of them, about. */
    private static final int WORK = 20_000;

    private final Instant now;
    /** What will run on the workers that something is planned for. */
    private final Map<String, List<Claim>> planned = new HashMap<>();

    private int work;

    public Forecast(Instant now) {
        this.now = now;
    }

    /** A worker that could host a job, and what is claimed there. */
    public record Place(Worker worker, Collection<Claim> claims) {}

    /** Room is kept for this job: it goes before all others. To be told first of all, and of those whose start is known. */
    public void keep(Reservation reservation, Collection<Claim> claims) {
        reservation.start().ifPresent(start -> plan(new Place(reservation.worker(), claims), reservation, start));
    }

    /** Whether another job may be looked at. */
    public boolean goesOn() {
        return work < WORK;
    }

    /**
     * The start of the next job in the order.
     *
     * @param places workers that could host it were they empty, but for those that are kept for a job whose start is not known
     * @param looked workers that had to be looked at for that
     */
    public Optional<Instant> next(PendingJob job, Collection<Place> places, int looked) {
        work += looked;
        Optional<Option> soonest = places.stream()
                .map(place -> new Option(place, reservation(job, place)))
                .filter(option -> option.reservation.start().isPresent())
                .min(Option.SOONEST);
        soonest.ifPresent(option -> plan(option.place, option.reservation, option.start()));
        return soonest.map(Option::start);
    }

    private record Option(Place place, Reservation reservation) {
        private static final Comparator<Option> SOONEST =
                Comparator.comparing(Option::start).thenComparing(o -> o.place.worker.name());

        private Instant start() {
            return reservation.start().orElseThrow();
        }
    }

    private Reservation reservation(PendingJob job, Place place) {
        var claims = planned.getOrDefault(place.worker.name(), List.of());
        var all = claims.isEmpty() ? place.claims : claims;
        var free = all.stream().map(Claim::room).reduce(place.worker.budget(), (left, room) -> left.minus(room));
        return Reservation.of(job, place.worker, free, all, now);
    }

    private void plan(Place place, Reservation reservation, Instant start) {
        var job = reservation.job();
        planned.computeIfAbsent(place.worker.name(), name -> new ArrayList<>(place.claims))
                .add(new Claim(
                        new Claim.AttemptId(job.key().uid(), job.attempt()),
                        job.tenant(),
                        place.worker.name(),
                        reservation.need(),
                        job.duration().map(start::plus)));
    }
}

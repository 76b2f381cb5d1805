package dev.smartdispatcher.operator.scheduler.placement;

import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When the first of the waiting jobs start, if each of them takes the time that it states and its smallest N, and nobody comes
 * before them. A job goes where it can start first beside all that runs and all that is ahead of it. What runs for an unknown
 * time never ends here: where a start depends on it there is no estimate. Nor is there one on a worker that is reserved for a job
 * whose start is not known.
 */
public final class StartEstimator {
    /** Jobs that are looked at: further ahead an estimate is not worth its name. */
    public static final int MOST = 32;
    /** Workers that are looked at for all of them, about. */
    private static final int WORK = 5_000;

    private final Instant now;
    /** The workers that something is planned for, with that. */
    private final Map<String, Place> planned = new HashMap<>();

    private int work;

    public StartEstimator(Instant now) {
        this.now = now;
    }

    /** A worker that could host a job, what is free there, and what is claimed. */
    public record Place(Worker worker, Room free, Collection<Claim> claims) {

        /** Whether so much is free, or something is known to end: else it is not known when it will be. */
        boolean mayTell(Room need) {
            if (free.fits(need)) {
                return true;
            }
            for (var claim : claims) {
                if (claim.end().isPresent()) {
                    return true;
                }
            }
            return false;
        }

        private Place with(Claim claim) {
            var all = new ArrayList<>(claims);
            all.add(claim);
            return new Place(worker, free.minus(claim.room()), all);
        }
    }

    /** Room is reserved for a job on a worker: it goes before all others. To be told first of all. */
    public void reserve(Reservation reservation, Place place) {
        reservation.start().ifPresent(start -> plan(place, reservation, start));
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
        var need = job.envelope().smallest();
        Optional<Option> soonest = places.stream()
                .map(place -> planned.getOrDefault(place.worker.name(), place))
                .filter(place -> place.mayTell(need))
                .map(place -> new Option(place, Reservation.of(job, place.worker, place.free, place.claims, now)))
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

    private void plan(Place place, Reservation reservation, Instant start) {
        var job = reservation.job();
        var claim = new Claim(
                new Claim.AttemptId(job.key().uid(), job.attempt()),
                job.tenant(),
                place.worker.name(),
                reservation.need(),
                job.duration().map(start::plus),
                job.likely().map(start::plus));
        planned.put(place.worker.name(), place.with(claim));
    }
}

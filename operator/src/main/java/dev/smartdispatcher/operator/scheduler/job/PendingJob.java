package dev.smartdispatcher.operator.scheduler.job;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.sizing.InitialParallelism;
import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A job that waits for a worker.
 *
 * @param attempt number that the next attempt will have, from 1
 * @param duration how long an attempt runs at most, if that is known; unknown is unsafe beside a reservation
 * @param since when it began to wait
 * @param avoid workers that it backs off from for now
 * @param failedOn workers on which an attempt of it has failed: it takes any other one that has room rather than one of these
 * @param guessed whether nobody said how much memory it needs, and the envelope is a default
 * @param declared the envelope that it would have if nothing was known of earlier builds of the package; empty if that is
 *     the one it has
 * @param known how much work earlier builds of the package were, if there were any
 * @param warm workers that keep something for it, as a prepared root: the time that it takes there, in percent of the usual
 */
@RecordBuilder
public record PendingJob(
        JobKey key,
        int attempt,
        Requirements requirements,
        Envelope envelope,
        Expense expense,
        int priority,
        Optional<Duration> duration,
        Instant since,
        Set<String> avoid,
        Set<String> failedOn,
        boolean guessed,
        Optional<Envelope> declared,
        Optional<WorkEstimate> known,
        Map<String, Integer> warm)
        implements PendingJobBuilder.With {
    /** What {@link #warm} says of all other workers. */
    private static final int USUAL = 100;

    private static final double MILLIS = 1000;

    public PendingJob {
        avoid = Set.copyOf(avoid);
        failedOn = Set.copyOf(failedOn);
        warm = Map.copyOf(warm);
    }

    /** A job for which no worker keeps anything. */
    public PendingJob(
            JobKey key,
            int attempt,
            Requirements requirements,
            Envelope envelope,
            Expense expense,
            int priority,
            Optional<Duration> duration,
            Instant since,
            Set<String> avoid,
            Set<String> failedOn,
            boolean guessed,
            Optional<Envelope> declared,
            Optional<WorkEstimate> known) {
        this(
                key,
                attempt,
                requirements,
                envelope,
                expense,
                priority,
                duration,
                since,
                avoid,
                failedOn,
                guessed,
                declared,
                known,
                Map.of());
    }

    /** Time that it takes on a worker, in percent of the usual. */
    public int percentOn(String worker) {
        return warm.isEmpty() ? USUAL : warm.getOrDefault(worker, USUAL);
    }

    /** The least of these, on whatever worker. */
    public int leastPercent() {
        int least = USUAL;
        for (int percent : warm.values()) {
            least = Math.min(least, percent);
        }
        return least;
    }

    /** How much work it is, as far as can be said. */
    public WorkEstimate workEstimate() {
        return known.orElseGet(() -> WorkEstimate.guess(expense));
    }

    /** The N that it should begin with, see {@link InitialParallelism}. */
    public int initialParallelism() {
        return InitialParallelism.of(envelope, workEstimate());
    }

    /**
     * The N that it begins with where the workers could give it so many at most. A job that backs off from a worker begins with
     * what it gets: those that are left may be smaller.
     */
    public int standing(int possible) {
        return avoid.isEmpty()
                ? Math.max(envelope.least(), Math.min(initialParallelism(), possible))
                : envelope.least();
    }

    /** The same job with another smallest N. */
    public PendingJob from(int least) {
        return least == envelope.least() ? this : withEnvelope(envelope.from(least));
    }

    /** Whose job it is: its namespace. */
    public String tenant() {
        return key.namespace();
    }

    /** Whether an attempt that begins now is known to end by then. */
    public boolean endsBy(Instant then, Instant now) {
        return duration.isPresent() && !now.plus(duration.get()).isAfter(then);
    }

    /** How long it runs as far as earlier builds tell: what one make job takes, for most get more and some workers are slow. */
    public Optional<Duration> likely() {
        return likely(1, 1);
    }

    /**
     * The same where it is known what it gets.
     *
     * @param slowness see {@link WorkEstimate#likelySeconds}
     */
    public Optional<Duration> likely(int parallelism, double slowness) {
        return known.map(e -> Duration.ofMillis(Math.round(MILLIS * e.likelySeconds(parallelism, slowness))));
    }

    /** The shorter of what is known and what is likely; empty if there is neither. */
    public Optional<Duration> expected() {
        var likely = likely();
        return duration.isPresent() && likely.isPresent()
                ? Optional.of(duration.get().compareTo(likely.get()) < 0 ? duration.get() : likely.get())
                : duration.or(() -> likely);
    }

    /** Whether an attempt that begins now should end by then. */
    public boolean isExpectedBy(Instant then, Instant now) {
        return expected().filter(d -> !now.plus(d).isAfter(then)).isPresent();
    }

    /** Everything that decides where a job fits: what is true of one job of a shape is true of all. */
    public Shape shape() {
        return new Shape(requirements, envelope, duration, expected(), avoid);
    }

    /** See {@link PendingJob#shape}. */
    public record Shape(
            Requirements requirements,
            Envelope envelope,
            Optional<Duration> duration,
            Optional<Duration> expected,
            Set<String> avoid) {}
}

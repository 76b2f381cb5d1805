package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.bound.Refusals;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.queue.QueueOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** A waiting job in its lane. What is compared again and again is kept unpacked. */
public final class Entry {
    public static final Comparator<Entry> ORDER = Entry::compare;

    public final Lane lane;
    /** The N that it should begin with, see {@link PendingJob#footing}. */
    public final int footing;
    /** The N that it begins with if the workers could give it that; see {@link PendingJob#standing}. */
    final int goal;
    /** The job as it was put. */
    final PendingJob asked;

    final long rank;
    /** Nanoseconds that it should run; {@link Refusals#ENDLESS} if that is unknown. */
    final long length;
    /** Nanoseconds that it runs at most, not less; {@link Refusals#ENDLESS} if that is unknown. */
    private final long longest;
    /** The job with the smallest N that it begins with for now. */
    public PendingJob job;
    /** What it takes at that N. */
    public long cpuMillis;

    public long memory;
    public long disk;
    /** When it came, or became hostable, in the count of {@link Queue#turn}. */
    long turn;
    /** Whether some worker could host it were that empty; else it is parked. */
    boolean ready;
    /** See {@link Lane#keep}. */
    private boolean kept;
    /** Place in the list of all entries. */
    int index;
    /** What was told last; null before. */
    public Reason toldReason;
    /** Stands for all that was told last. */
    public int toldHash;
    /** The estimate that was told last. */
    public Optional<Instant> toldStart = Optional.empty();
    /** Whether it waits to be told. */
    public boolean toTell;

    Entry(PendingJob asked, Lane lane) {
        this.asked = asked;
        this.lane = lane;
        footing = asked.footing();
        goal = asked.standing(footing);
        rank = QueueOrder.rank(asked);
        length = asked.expected().map(Duration::toNanos).orElse(Refusals.ENDLESS);
        longest = asked.duration().map(Duration::toNanos).orElse(Refusals.ENDLESS);
        begin(asked.envelope().least());
    }

    /** Sets the N that it begins with. Not while it is in {@link Blocks}. */
    void begin(int least) {
        job = asked.from(least);
        var need = job.envelope().smallest();
        cpuMillis = need.cpuMillis();
        memory = need.memory();
        disk = need.disk();
    }

    /** Whether it begins with more than it has to. */
    boolean isRaised() {
        return least() > asked.envelope().least();
    }

    int least() {
        return job.envelope().least();
    }

    /** Whether room is kept for it. */
    public boolean isKept() {
        return kept;
    }

    void keep(boolean isKept) {
        kept = isKept;
    }

    /** Some workers have refused it, all of them for want of room or not: that says something of others. */
    void refused(Refusals refusals, boolean forRoom) {
        if (forRoom) {
            refusals.add(cpuMillis, memory, disk, 0);
        } else if (asked.avoid().isEmpty() && !isKept()) {
            // Whoever should run for as long as this one may is no shorter in any way that counts.
            refusals.add(cpuMillis, memory, disk, longest);
        }
    }

    public String uid() {
        return job.key().uid();
    }

    boolean before(Entry other) {
        return compare(this, other) < 0;
    }

    private static int compare(Entry one, Entry other) {
        return one.rank == other.rank
                ? QueueOrder.BY_AGE.compare(one.job, other.job)
                : Long.compare(one.rank, other.rank);
    }
}

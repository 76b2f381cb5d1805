package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.admission.RefusedNeeds;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.job.QueueOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** A waiting job in its tenant queue. What is compared again and again is kept unpacked. */
public final class QueuedJob {
    public static final Comparator<QueuedJob> ORDER = QueuedJob::compare;

    public final TenantQueue tenantQueue;
    /** The N that it begins with if the workers could give it that; see {@link PendingJob#standing}. */
    final int goal;
    /** The job as it was put. */
    final PendingJob asked;

    final long rank;
    /** Nanoseconds that it should run; {@link RefusedNeeds#ENDLESS} if that is unknown. */
    final long length;
    /** Nanoseconds that it runs at most, not less; {@link RefusedNeeds#ENDLESS} if that is unknown. */
    private final long longest;
    /** The job with the smallest N that it begins with for now. */
    public PendingJob job;
    /** What it takes at that N. */
    public long cpuMillis;

    public long memory;
    public long disk;
    /** When it came, or became hostable, in the count of {@link SchedulingQueue#turn}. */
    long turn;
    /** Whether some worker could host it were that empty; else it is inadmissible. */
    boolean ready;
    /** See {@link TenantQueue#markReserved}. */
    private boolean reserved;
    /** Place in the list of all jobs. */
    int index;
    /** What was told last; null before. */
    public Reason publishedReason;
    /** Stands for all that was told last. */
    public int publishedHash;
    /** The estimate that was told last. */
    public Optional<Instant> publishedStart = Optional.empty();
    /** Whether it waits to be told. */
    public boolean toPublish;

    QueuedJob(PendingJob asked, TenantQueue tenantQueue) {
        this.asked = asked;
        this.tenantQueue = tenantQueue;
        goal = asked.standing(asked.initialParallelism());
        rank = QueueOrder.rank(asked);
        length = asked.expected().map(Duration::toNanos).orElse(RefusedNeeds.ENDLESS);
        longest = asked.duration().map(Duration::toNanos).orElse(RefusedNeeds.ENDLESS);
        begin(asked.envelope().least());
    }

    /** Sets the N that it begins with. Not while it is in {@link Chunks}. */
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

    /** Whether room is reserved for it. */
    public boolean isReserved() {
        return reserved;
    }

    void markReserved(boolean isReserved) {
        reserved = isReserved;
    }

    /** Some workers have refused it, all of them for want of room or not: that says something of others. */
    void refused(RefusedNeeds refusals, boolean forRoom) {
        if (forRoom) {
            refusals.add(cpuMillis, memory, disk, 0);
        } else if (asked.avoid().isEmpty() && !isReserved()) {
            // Whoever should run for as long as this one may is no shorter in any way that counts.
            refusals.add(cpuMillis, memory, disk, longest);
        }
    }

    public String uid() {
        return job.key().uid();
    }

    boolean before(QueuedJob other) {
        return compare(this, other) < 0;
    }

    private static int compare(QueuedJob one, QueuedJob other) {
        return one.rank == other.rank
                ? QueueOrder.BY_AGE.compare(one.job, other.job)
                : Long.compare(one.rank, other.rank);
    }
}

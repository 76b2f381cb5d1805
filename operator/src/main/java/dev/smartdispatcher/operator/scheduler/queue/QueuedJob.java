package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.admission.RefusedNeeds;
import dev.smartdispatcher.operator.scheduler.index.EquivalenceClass;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.job.QueueOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** A waiting job in its tenant queue. Amounts that are compared again and again are unpacked. */
public final class QueuedJob {
    public static final Comparator<QueuedJob> ORDER = QueuedJob::compare;

    private final TenantQueue tenantQueue;
    /** The N that it begins with if the workers could give it that; see {@link PendingJob#standing}. */
    private final int goal;
    /** The job as it was put. */
    private final PendingJob asked;

    private final long rank;
    private final long length;
    /** Nanoseconds that it runs at most, not less; {@link RefusedNeeds#ENDLESS} if that is unknown. */
    private final long longest;

    private PendingJob job;
    private long cpuMillis;
    private long memory;
    private long disk;
    private long turn;
    private boolean ready;
    private boolean reserved;
    /** Place in the list of all jobs. */
    private int index;

    private Reason publishedReason;
    private int publishedHash;
    private Optional<Instant> publishedStart = Optional.empty();
    private boolean unexplained;

    QueuedJob(PendingJob asked, TenantQueue tenantQueue) {
        this.asked = asked;
        this.tenantQueue = tenantQueue;
        goal = asked.standing(asked.initialParallelism());
        rank = QueueOrder.rank(asked);
        length = asked.expected().map(Duration::toNanos).orElse(RefusedNeeds.ENDLESS);
        longest = asked.duration().map(Duration::toNanos).orElse(RefusedNeeds.ENDLESS);
        begin(asked.envelope().least());
    }

    /** Determines the smallest N with which it begins, and whether some worker could host it. Not while it is in {@link Chunks}. */
    void assess(EquivalenceClass equivalenceClass, long newTurn) {
        begin(equivalenceClass.standing(asked.envelope(), goal));
        ready = equivalenceClass.canHost(job.envelope());
        turn = newTurn;
    }

    private void begin(int least) {
        job = asked.from(least);
        var need = job.envelope().smallest();
        cpuMillis = need.cpuMillis();
        memory = need.memory();
        disk = need.disk();
    }

    /** The same job in place of another record of it: what has been published stays so. */
    void replace(QueuedJob before) {
        publishedReason = before.publishedReason;
        publishedHash = before.publishedHash;
        publishedStart = before.publishedStart;
    }

    public TenantQueue tenantQueue() {
        return tenantQueue;
    }

    public Tenant tenant() {
        return tenantQueue.tenant();
    }

    public EquivalenceClass equivalenceClass() {
        return tenantQueue.equivalenceClass();
    }

    /** The job as it was put. */
    PendingJob asked() {
        return asked;
    }

    /** The job with the smallest N that it begins with for now. */
    public PendingJob job() {
        return job;
    }

    /** Which workers take it now. */
    public Admission admission(Instant now) {
        return new Admission(job, now, tenant().reached());
    }

    public String uid() {
        return job.key().uid();
    }

    /** Millicores that it takes at that N. */
    public long cpuMillis() {
        return cpuMillis;
    }

    /** Bytes that it takes at that N. */
    public long memory() {
        return memory;
    }

    /** Bytes. */
    public long disk() {
        return disk;
    }

    /** Nanoseconds that it should run; {@link RefusedNeeds#ENDLESS} if that is unknown. */
    long length() {
        return length;
    }

    /** When it came, or a worker became able to host it, in the count of {@link SchedulingQueue}. */
    long turn() {
        return turn;
    }

    /** Whether some worker could host it were that empty; else it is inadmissible. */
    boolean isReady() {
        return ready;
    }

    /** Whether it would begin with more for this worker, which can host more than before. */
    boolean wouldRise(WorkerState state) {
        return least() < goal && state.standing(asked.envelope(), goal) > least();
    }

    /** Whether it would begin with less now that one of the workers can host less than before. */
    boolean wouldFall(EquivalenceClass equivalenceClass) {
        return equivalenceClass.standing(asked.envelope(), goal) < least();
    }

    /** Whether it begins with more than it has to. */
    boolean isRaised() {
        return least() > asked.envelope().least();
    }

    private int least() {
        return job.envelope().least();
    }

    /** Whether room is reserved for it. */
    public boolean isReserved() {
        return reserved;
    }

    void markReserved(boolean isReserved) {
        reserved = isReserved;
    }

    int index() {
        return index;
    }

    void moveTo(int newIndex) {
        index = newIndex;
    }

    /** Some workers have refused it, all of them for want of room or not: it follows which other needs they refuse. */
    public void addTo(RefusedNeeds refusals, boolean forRoom) {
        if (forRoom) {
            refusals.add(cpuMillis, memory, disk, 0);
        } else if (asked.avoid().isEmpty() && !isReserved()) {
            // Whoever should run for as long as this one may is no shorter in any way that counts.
            refusals.add(cpuMillis, memory, disk, longest);
        }
    }

    /** The reason published last; null if none was, or the job has left the queue. */
    public Reason publishedReason() {
        return publishedReason;
    }

    /** The estimated start published last. */
    public Optional<Instant> publishedStart() {
        return publishedStart;
    }

    /** Whether these words were published last, for this reason. */
    public boolean hasPublished(Reason reason, int hash) {
        return publishedReason == reason && publishedHash == hash;
    }

    /**
     * Notes why it waits, as it is now published.
     *
     * @param hash stands for all words of the explanation
     */
    public void published(Reason reason, int hash, Optional<Instant> start) {
        publishedReason = reason;
        publishedHash = hash;
        publishedStart = start;
    }

    /** Forgets the published reason: the job has left the queue. */
    public void forgetPublished() {
        publishedReason = null;
    }

    /** Notes that it waits for an explanation; returns whether that is new. */
    public boolean awaitExplanation() {
        boolean before = unexplained;
        unexplained = true;
        return !before;
    }

    /** It does not wait for an explanation any more. */
    public void explained() {
        unexplained = false;
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

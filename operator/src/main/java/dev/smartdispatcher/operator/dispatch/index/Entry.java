package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.queue.QueueOrder;
import java.util.Comparator;

/** A waiting job in its lane. What is compared again and again is kept unpacked. */
public final class Entry {
    public static final Comparator<Entry> ORDER = Entry::compare;

    public final PendingJob job;
    public final Lane lane;
    final long rank;
    public final long cpuMillis;
    public final long memory;
    public final long disk;
    /** When it came, or became hostable, in the count of {@link Queue#turn}. */
    long turn;
    /** Whether some worker could host it were that empty; else it is parked. */
    boolean ready;
    /** Whether room is kept for it. */
    public boolean kept;
    /** Place in the list of all entries. */
    int index;
    /** What was told last; null before. */
    public Reason toldReason;
    /** Stands for all that was told last. */
    public int toldHash;
    /** Whether it waits to be told. */
    public boolean toTell;

    Entry(PendingJob job, Lane lane) {
        this.job = job;
        this.lane = lane;
        rank = QueueOrder.rank(job);
        var need = job.envelope().smallest();
        cpuMillis = need.cpuMillis();
        memory = need.memory();
        disk = need.disk();
    }

    public String uid() {
        return job.key().uid();
    }

    boolean before(Entry other) {
        return compare(this, other) < 0;
    }

    private static int compare(Entry one, Entry other) {
        return one.rank == other.rank
                ? QueueOrder.BY_RANK.compare(one.job, other.job)
                : Long.compare(one.rank, other.rank);
    }
}

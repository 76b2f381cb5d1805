package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.operator.scheduler.admission.RefusedNeeds;
import java.util.Arrays;

/** A run of jobs in order, with the least that any of them needs: a search for one that fits skips most runs. */
final class Chunk {
    /** Large enough that there are few, small enough that insertion and search within are cheap. */
    static final int MOST = 256;

    QueuedJob[] entries = new QueuedJob[16];
    int size;
    /** Lower bounds of what the jobs need. */
    long cpuMillis = Long.MAX_VALUE;

    long memory = Long.MAX_VALUE;
    long disk = Long.MAX_VALUE;
    /** See {@link QueuedJob#length}. */
    long length = Long.MAX_VALUE;
    /** The latest turn of any job that was ever added. */
    long turn = Long.MIN_VALUE;

    void insert(int at, QueuedJob queued) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        System.arraycopy(entries, at, entries, at + 1, size - at);
        entries[at] = queued;
        size++;
        bound(queued);
    }

    void remove(int at) {
        var gone = entries[at];
        System.arraycopy(entries, at + 1, entries, at, size - at - 1);
        entries[--size] = null;
        if (gone.cpuMillis() == cpuMillis
                || gone.memory() == memory
                || gone.disk() == disk
                || gone.length() == length && length != RefusedNeeds.ENDLESS) {
            rebound();
        }
    }

    /** Moves the later half to a new chunk. */
    Chunk split() {
        var later = new Chunk();
        int half = size / 2;
        later.entries = Arrays.copyOfRange(entries, half, half + MOST);
        later.size = size - half;
        Arrays.fill(entries, half, size, null);
        size = half;
        later.rebound();
        later.turn = turn;
        rebound();
        return later;
    }

    QueuedJob last() {
        return entries[size - 1];
    }

    /** Where a job is or would be inserted. */
    int position(QueuedJob queued) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].before(queued)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void rebound() {
        cpuMillis = Long.MAX_VALUE;
        memory = Long.MAX_VALUE;
        disk = Long.MAX_VALUE;
        length = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            bound(entries[i]);
        }
    }

    private void bound(QueuedJob queued) {
        cpuMillis = Math.min(cpuMillis, queued.cpuMillis());
        memory = Math.min(memory, queued.memory());
        disk = Math.min(disk, queued.disk());
        length = Math.min(length, queued.length());
        turn = Math.max(turn, queued.turn());
    }
}

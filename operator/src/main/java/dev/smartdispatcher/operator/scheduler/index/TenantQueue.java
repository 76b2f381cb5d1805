package dev.smartdispatcher.operator.scheduler.index;

import java.util.ArrayList;
import java.util.List;

/**
 * The waiting jobs of one tenant with the same requirements, in order. In a cycle it is walked through once, from the first
 * to the last: room only shrinks in a cycle, so whoever was passed over stays so.
 */
public final class TenantQueue {
    public final Tenant tenant;
    public final EquivalenceClass equivalenceClass;
    /** Jobs that some worker could host were it empty. */
    public final Chunks ready = new Chunks();
    /** All others. */
    final Chunks inadmissible = new Chunks();
    /** Those that room is reserved for. */
    private final List<QueuedJob> reserved = new ArrayList<>();
    /** Entries of later turns have not been tried on all workers. */
    long tried = Long.MIN_VALUE;
    /** What it counts for in the pressure of its equivalence class. */
    long pressing;

    private int chunk;
    private int at;
    /** Where the walk is; null at the end. */
    private QueuedJob candidate;

    TenantQueue(Tenant tenant, EquivalenceClass equivalenceClass) {
        this.tenant = tenant;
        this.equivalenceClass = equivalenceClass;
    }

    /** Whether room is reserved for a job from now on. */
    public void markReserved(QueuedJob queued, boolean isReserved) {
        if (queued.isReserved() != isReserved) {
            queued.markReserved(isReserved);
            if (isReserved) {
                reserved.add(queued);
            } else {
                reserved.remove(queued);
            }
        }
    }

    boolean isEmpty() {
        return ready.size() == 0 && inadmissible.size() == 0;
    }

    /** Whether the job has not been tried on all workers since they last had room. */
    public boolean isUntried(QueuedJob queued) {
        return queued.turn > tried;
    }

    public QueuedJob candidate() {
        return candidate;
    }

    /** Begins the walk. */
    void start() {
        chunk = 0;
        at = 0;
        seek();
    }

    /** The candidate does not start: goes to the next one. */
    public void skip() {
        at++;
        seek();
    }

    /** The candidate was placed and removed: goes to the next one, which has moved up. */
    public void placed() {
        seek();
    }

    private void seek() {
        candidate = null;
        while (chunk < ready.count()) {
            var here = ready.chunk(chunk);
            tenant.looks++;
            if (at > 0 || mayHold(here) || holdsReserved(here)) {
                for (; at < here.size; at++) {
                    tenant.looks++;
                    if (mayStart(here.entries[at])) {
                        candidate = here.entries[at];
                        return;
                    }
                }
            }
            chunk++;
            at = 0;
        }
    }

    private boolean mayHold(Chunk here) {
        return (here.turn > tried && equivalenceClass.hasRoomFor(here.cpuMillis, here.memory, here.disk, here.length))
                || equivalenceClass.freed.mayTake(here.cpuMillis, here.memory, here.disk, here.length);
    }

    /** Whether one of those is in the chunk that room is reserved for: it goes where nobody else may. */
    private boolean holdsReserved(Chunk here) {
        for (int i = 0; i < reserved.size(); i++) {
            var queued = reserved.get(i);
            if (!queued.before(here.entries[0]) && !here.last().before(queued)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayStart(QueuedJob queued) {
        if (queued.isReserved()) {
            return true;
        }
        return isUntried(queued)
                ? equivalenceClass.hasRoomFor(queued.cpuMillis, queued.memory, queued.disk, queued.length)
                : equivalenceClass.freed.mayTake(queued.cpuMillis, queued.memory, queued.disk, queued.length);
    }
}

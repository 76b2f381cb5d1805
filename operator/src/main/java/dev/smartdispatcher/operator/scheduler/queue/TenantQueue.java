package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.operator.scheduler.index.EquivalenceClass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The waiting jobs of one tenant with the same requirements, in order. In a cycle it is walked through once, from the first
 * to the last: room only shrinks in a cycle, so whoever was passed over stays so.
 */
public final class TenantQueue {
    private final Tenant tenant;
    private final EquivalenceClass equivalenceClass;
    private final Chunks ready = new Chunks();
    private final Chunks inadmissible = new Chunks();
    /** The jobs that room is reserved for. */
    private final List<QueuedJob> reserved = new ArrayList<>();
    /** Jobs of later turns have not been tried on all workers. */
    private long tried = Long.MIN_VALUE;
    /** The number of jobs that it adds to the pressure of its equivalence class. */
    private long pressing;
    /** Whether its jobs lacked counted resources when that was asked last. */
    private boolean lacking;

    private int chunk;
    private int at;
    /** Where the walk is; null at the end. */
    private QueuedJob candidate;

    TenantQueue(Tenant tenant, EquivalenceClass equivalenceClass) {
        this.tenant = tenant;
        this.equivalenceClass = equivalenceClass;
    }

    public Tenant tenant() {
        return tenant;
    }

    public EquivalenceClass equivalenceClass() {
        return equivalenceClass;
    }

    void add(QueuedJob queued) {
        (queued.isReady() ? ready : inadmissible).add(queued);
    }

    void remove(QueuedJob queued) {
        (queued.isReady() ? ready : inadmissible).remove(queued);
    }

    /** Jobs that some worker could host if it were empty. */
    Chunks ready() {
        return ready;
    }

    /** The first job that some worker could host if it were empty; null if there is none. */
    public QueuedJob firstReady() {
        return ready.first();
    }

    boolean hasReady() {
        return ready.size() > 0;
    }

    boolean isEmpty() {
        return ready.size() == 0 && inadmissible.size() == 0;
    }

    void forEachReady(Consumer<QueuedJob> action) {
        ready.forEach(action);
    }

    void forEachInadmissible(Consumer<QueuedJob> action) {
        inadmissible.forEach(action);
    }

    /** How many of its jobs come before this one of the tenant. */
    int before(QueuedJob queued) {
        return ready.before(queued) + inadmissible.before(queued);
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

    /**
     * Determines the number of jobs that add to the pressure of its equivalence class; returns how many more than before.
     *
     * @param startable how many of any tenant may start by what they need of counted resources
     */
    long press(long startable) {
        long before = pressing;
        pressing = Math.min(startable, Math.min(ready.size(), tenant.startable()));
        return pressing - before;
    }

    /** Whether it lacks counted resources now and did not when this was asked before, or the other way round. */
    boolean hasLackChanged(boolean lacksNow) {
        boolean before = lacking;
        lacking = lacksNow;
        return lacking != before;
    }

    /** All jobs up to this turn have been tried on all workers. */
    void tried(long turn) {
        tried = turn;
    }

    /** Not all jobs could be tried. */
    void untried() {
        tried = Long.MIN_VALUE;
    }

    /** Whether the job has not been tried on all workers since they last had room. */
    public boolean isUntried(QueuedJob queued) {
        return queued.turn() > tried;
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

    /** The candidate does not start: moves to the next one. */
    public void skip() {
        at++;
        seek();
    }

    /** The candidate was placed and removed: moves to the next one, which has moved up. */
    public void placed() {
        seek();
    }

    private void seek() {
        candidate = null;
        while (chunk < ready.count()) {
            var here = ready.chunk(chunk);
            tenant.looked();
            if (at > 0 || mayHold(here) || holdsReserved(here)) {
                for (; at < here.size; at++) {
                    tenant.looked();
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
                || equivalenceClass.freed().mayTake(here.cpuMillis, here.memory, here.disk, here.length);
    }

    /** Whether a job with a reservation is in the chunk: it may start where no other may. */
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
                ? equivalenceClass.hasRoomFor(queued.cpuMillis(), queued.memory(), queued.disk(), queued.length())
                : equivalenceClass.freed().mayTake(queued.cpuMillis(), queued.memory(), queued.disk(), queued.length());
    }
}

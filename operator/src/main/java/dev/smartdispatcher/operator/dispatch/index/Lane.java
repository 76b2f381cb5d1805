package dev.smartdispatcher.operator.dispatch.index;

import java.util.ArrayList;
import java.util.List;

/**
 * The waiting jobs of one tenant with the same requirements, in order. In a round it is walked through once, from the first
 * to the last: room only shrinks in a round, so whoever was passed over stays so.
 */
public final class Lane {
    public final Tenant tenant;
    public final Demand demand;
    /** Jobs that some worker could host were it empty. */
    public final Blocks ready = new Blocks();
    /** All others. */
    final Blocks parked = new Blocks();
    /** Those that room is kept for. */
    private final List<Entry> kept = new ArrayList<>();
    /** Entries of later turns have not been tried on all workers. */
    long tried = Long.MIN_VALUE;
    /** What it counts for in the pressure of its demand. */
    long pressing;

    private int block;
    private int at;
    /** Where the walk is; null at the end. */
    private Entry candidate;

    Lane(Tenant tenant, Demand demand) {
        this.tenant = tenant;
        this.demand = demand;
    }

    /** Whether room is kept for an entry from now on. */
    public void keep(Entry entry, boolean isKept) {
        if (entry.isKept() != isKept) {
            entry.keep(isKept);
            if (isKept) {
                kept.add(entry);
            } else {
                kept.remove(entry);
            }
        }
    }

    boolean isEmpty() {
        return ready.size() == 0 && parked.size() == 0;
    }

    /** Whether the entry has not been tried on all workers since they last had room. */
    public boolean isUntried(Entry entry) {
        return entry.turn > tried;
    }

    public Entry candidate() {
        return candidate;
    }

    /** Begins the walk. */
    void start() {
        block = 0;
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
        while (block < ready.count()) {
            var here = ready.block(block);
            tenant.looks++;
            if (at > 0 || mayHold(here) || holdsKept(here)) {
                for (; at < here.size; at++) {
                    tenant.looks++;
                    if (mayStart(here.entries[at])) {
                        candidate = here.entries[at];
                        return;
                    }
                }
            }
            block++;
            at = 0;
        }
    }

    private boolean mayHold(Block here) {
        return (here.turn > tried && demand.hasRoomFor(here.cpuMillis, here.memory, here.disk, here.length))
                || demand.grown.mayTake(here.cpuMillis, here.memory, here.disk, here.length);
    }

    /** Whether one of those is in the block that room is kept for: it goes where nobody else may. */
    private boolean holdsKept(Block here) {
        for (int i = 0; i < kept.size(); i++) {
            var entry = kept.get(i);
            if (!entry.before(here.entries[0]) && !here.last().before(entry)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayStart(Entry entry) {
        if (entry.isKept()) {
            return true;
        }
        return isUntried(entry)
                ? demand.hasRoomFor(entry.cpuMillis, entry.memory, entry.disk, entry.length)
                : demand.grown.mayTake(entry.cpuMillis, entry.memory, entry.disk, entry.length);
    }
}

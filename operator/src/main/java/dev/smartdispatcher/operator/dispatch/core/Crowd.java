package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.explain.Miss;
import dev.smartdispatcher.operator.dispatch.explain.Tally;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Slot;
import java.util.List;

/**
 * The workers of which a job has nothing to wait for but room. On a busy farm these are nearly all, so they are counted
 * without an object for each; what is told is what {@link dev.smartdispatcher.operator.dispatch.pass.Judge} would tell.
 */
final class Crowd {
    private final Room need;
    private final boolean avoids;
    private int full;
    private Slot nearest;
    private double distance;

    Crowd(Entry entry) {
        need = entry.job.envelope().smallest();
        avoids = !entry.job.avoid().isEmpty();
    }

    /** Counts the worker, unless something else may keep the job from it; returns whether that was all there is to say of it. */
    boolean takes(Slot slot) {
        if (!slot.open
                || slot.kept != null
                || avoids
                || slot.worker.endBy().isPresent()
                || !slot.worker.budget().fits(need)) {
            return false;
        }
        if (!slot.fits(need.cpuMillis(), need.memory(), need.disk())) {
            full++;
            compare(slot);
        }
        return true;
    }

    private void compare(Slot slot) {
        double to = Miss.distance(need, slot.freeCpu, slot.freeMemory, slot.freeDisk, slot.freeJobs);
        if (nearest == null || to < distance || (to == distance && slot.order < nearest.order)) {
            nearest = slot;
            distance = to;
        }
    }

    /** Adds those that were counted. */
    void tell(Tally tally) {
        if (nearest != null) {
            tally.add(Reason.NoRoom, full - 1);
            tally.count(Reason.NoRoom, nearest.worker, nearest.free, need, List.of(), true);
        }
    }
}

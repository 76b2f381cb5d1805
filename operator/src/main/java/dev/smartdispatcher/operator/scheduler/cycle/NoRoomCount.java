package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.explain.Miss;
import dev.smartdispatcher.operator.scheduler.explain.Tally;
import dev.smartdispatcher.operator.scheduler.index.QueuedJob;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.List;

/**
 * The workers of which a job has nothing to wait for but room. On a busy farm these are nearly all, so they are counted
 * without an object for each; what is told is what {@link dev.smartdispatcher.operator.scheduler.admission.Admission} would tell.
 */
final class NoRoomCount {
    private final Room need;
    private final boolean avoids;
    private int full;
    private WorkerState nearest;
    private double distance;

    NoRoomCount(QueuedJob queued) {
        need = queued.job.envelope().smallest();
        avoids = !queued.job.avoid().isEmpty();
    }

    /** Counts the worker, unless something else may keep the job from it; returns whether that was all there is to say of it. */
    boolean takes(WorkerState state) {
        if (!state.open
                || state.reserved != null
                || avoids
                || state.worker.endBy().isPresent()
                || !state.worker.budget().fits(need)) {
            return false;
        }
        if (!state.fits(need.cpuMillis(), need.memory(), need.disk())) {
            full++;
            compare(state);
        }
        return true;
    }

    private void compare(WorkerState state) {
        double to = Miss.distance(need, state.freeCpu, state.freeMemory, state.freeDisk, state.freeJobs);
        if (nearest == null || to < distance || (to == distance && state.order < nearest.order)) {
            nearest = state;
            distance = to;
        }
    }

    /** Adds those that were counted. */
    void publish(Tally tally) {
        if (nearest != null) {
            tally.add(Reason.NoRoom, full - 1);
            tally.count(Reason.NoRoom, nearest.worker, nearest.free, need, List.of(), true);
        }
    }
}

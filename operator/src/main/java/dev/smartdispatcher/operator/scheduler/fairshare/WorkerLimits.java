package dev.smartdispatcher.operator.scheduler.fairshare;

import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.List;
import java.util.Optional;

/**
 * The limits of a tenant that are reached: no more of its jobs start on the workers that they cover.
 *
 * @param reached in the policy's order
 */
public record WorkerLimits(List<WorkerLimit> reached) {
    /** No limit is reached. */
    public static final WorkerLimits NONE = new WorkerLimits(List.of());

    public WorkerLimits {
        reached = List.copyOf(reached);
    }

    /** Whether no job of the tenant starts on a worker for now. */
    public boolean cover(Worker worker) {
        for (int i = 0; i < reached.size(); i++) {
            if (reached.get(i).covers(worker)) {
                return true;
            }
        }
        return false;
    }

    /** The first that covers a worker. */
    public Optional<WorkerLimit> of(Worker worker) {
        return reached.stream().filter(limit -> limit.covers(worker)).findFirst();
    }
}

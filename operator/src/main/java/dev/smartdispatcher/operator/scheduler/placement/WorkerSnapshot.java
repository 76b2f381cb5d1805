package dev.smartdispatcher.operator.scheduler.placement;

import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Optional;

/**
 * A worker as it is at a moment of a scheduling cycle.
 *
 * @param free what is left of its budget; negative where that fell below what is claimed
 * @param reserved the room that is reserved there, if any
 */
public record WorkerSnapshot(Worker worker, Room free, Optional<Reserved> reserved) {

    /**
     * A reservation and what is left beside it.
     *
     * @param beside see {@link Reservation#beside}
     */
    public record Reserved(Reservation reservation, Room beside) {

        /** Whether it is another job's. */
        public boolean isForAnotherThan(PendingJob job) {
            return !reservation.job().key().equals(job.key());
        }
    }
}

package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import java.util.Optional;

/**
 * A worker as it is at a moment of a pass.
 *
 * @param free what is left of its budget; negative where that fell below what is claimed
 * @param kept the room that is kept there, if any
 */
public record Host(Worker worker, Room free, Optional<Kept> kept) {

    /**
     * A reservation and what is left beside it.
     *
     * @param beside see {@link Reservation#beside}
     */
    public record Kept(Reservation reservation, Room beside) {}
}

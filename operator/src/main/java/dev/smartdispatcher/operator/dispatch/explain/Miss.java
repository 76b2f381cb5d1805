package dev.smartdispatcher.operator.dispatch.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.sizing.Envelope;
import java.util.Optional;

/**
 * How near a worker came to taking a job, in the dimension that was short.
 *
 * @param available what it has, in the dimension's unit; the larger the nearer
 */
record Miss(long available, String text) {

    /** The miss of a worker that was too small or too full; empty for other reasons. */
    static Optional<Miss> of(Reason reason, Envelope envelope, Worker worker, Room free) {
        var need = envelope.smallest();
        var budget = worker.budget();
        return switch (reason) {
            case TooLittleCpu -> cpu(need, envelope, worker, budget.cpuMillis(), "has");
            case TooLittleMemory -> memory(need, envelope, worker, budget.memory(), "has");
            case TooLittleDisk -> disk(need, worker, budget.disk(), "has");
            case NoRoom -> {
                if (need.cpuMillis() > free.cpuMillis()) {
                    yield cpu(need, envelope, worker, free.cpuMillis(), "has free");
                }
                if (need.memory() > free.memory()) {
                    yield memory(need, envelope, worker, free.memory(), "has free");
                }
                yield need.disk() > free.disk() ? disk(need, worker, free.disk(), "has free") : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Miss> cpu(Room need, Envelope envelope, Worker worker, long available, String has) {
        return miss(
                Quantities.formatMillis(need.cpuMillis()) + " CPU at N=" + envelope.least(),
                worker,
                available,
                Quantities.formatMillis(Math.max(0, available)),
                has);
    }

    private static Optional<Miss> memory(Room need, Envelope envelope, Worker worker, long available, String has) {
        return miss(
                Quantities.readBytes(need.memory()) + " memory at N=" + envelope.least(),
                worker,
                available,
                Quantities.readBytes(Math.max(0, available)),
                has);
    }

    private static Optional<Miss> disk(Room need, Worker worker, long available, String has) {
        return miss(
                Quantities.readBytes(need.disk()) + " disk",
                worker,
                available,
                Quantities.readBytes(Math.max(0, available)),
                has);
    }

    private static Optional<Miss> miss(String need, Worker worker, long available, String amount, String has) {
        return Optional.of(
                new Miss(available, "needs " + need + "; nearest: " + worker.name() + " " + has + " " + amount));
    }
}

package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.filter.UnmetNeed;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.Optional;

/** The amounts that a job needs, and what a worker has of them, in words. */
final class Amount {
    private Amount() {}

    /** Of that which is too little by this reason. */
    static Optional<UnmetNeed> of(Reason reason, Envelope envelope, Room budget) {
        var need = envelope.smallest();
        return switch (reason) {
            case TooLittleCpu ->
                Optional.of(
                        new UnmetNeed(cpu(need.cpuMillis()) + " CPU" + at(envelope), "has " + cpu(budget.cpuMillis())));
            case TooLittleMemory ->
                Optional.of(new UnmetNeed(
                        bytes(need.memory()) + " memory" + at(envelope), "has " + bytes(budget.memory())));
            case TooLittleDisk ->
                Optional.of(new UnmetNeed(bytes(need.disk()) + " disk", "has " + bytes(budget.disk())));
            case TooLittleFreeDisk ->
                Optional.of(new UnmetNeed(
                        bytes(need.disk()) + " disk", "has " + bytes(budget.disk()) + " free for builds"));
            case TooFewJobs -> Optional.of(new UnmetNeed("a place for 1 job", "has " + budget.jobs()));
            default -> Optional.empty();
        };
    }

    /** All that the job needs at its smallest N. */
    static String everything(Envelope envelope) {
        var need = envelope.smallest();
        return cpu(need.cpuMillis()) + " CPU, " + bytes(need.memory()) + " memory, " + bytes(need.disk()) + " disk"
                + at(envelope);
    }

    private static String at(Envelope envelope) {
        return " with parallelism " + envelope.least();
    }

    private static String cpu(long millis) {
        return Quantities.formatMillis(Math.max(0, millis));
    }

    private static String bytes(long amount) {
        return Quantities.readBytes(Math.max(0, amount));
    }
}

package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.Optional;

/** What a job needs of one thing and what a worker has of it, in words. */
record Amount(String needed, String there) {

    /** Of that which is too little by this reason. */
    static Optional<Amount> of(Reason reason, Envelope envelope, Room budget) {
        var need = envelope.smallest();
        return switch (reason) {
            case TooLittleCpu ->
                Optional.of(new Amount(
                        Quantities.formatMillis(need.cpuMillis()) + " CPU at N=" + envelope.least(),
                        Quantities.formatMillis(Math.max(0, budget.cpuMillis()))));
            case TooLittleMemory ->
                Optional.of(new Amount(
                        Quantities.readBytes(need.memory()) + " memory at N=" + envelope.least(),
                        Quantities.readBytes(Math.max(0, budget.memory()))));
            case TooLittleDisk ->
                Optional.of(new Amount(
                        Quantities.readBytes(need.disk()) + " disk", Quantities.readBytes(Math.max(0, budget.disk()))));
            case TooLittleFreeDisk ->
                Optional.of(new Amount(
                        Quantities.readBytes(need.disk()) + " disk",
                        Quantities.readBytes(Math.max(0, budget.disk())) + " free for builds"));
            case TooFewJobs -> Optional.of(new Amount("a place for 1 job", String.valueOf(budget.jobs())));
            default -> Optional.empty();
        };
    }

    /** All that the job needs at its smallest N. */
    static String everything(Envelope envelope) {
        var need = envelope.smallest();
        return Quantities.formatMillis(need.cpuMillis()) + " CPU, " + Quantities.readBytes(need.memory()) + " memory, "
                + Quantities.readBytes(need.disk()) + " disk at N=" + envelope.least();
    }
}

package dev.smartdispatcher.operator.view;

import dev.smartdispatcher.api.worker.facts.Amounts;
import io.fabric8.kubernetes.api.model.Quantity;

/** A worker in words, the same wherever people see it. */
public final class WorkerText {
    private WorkerText() {}

    /** What its builds were given of its budget, and if it takes no jobs, why, in brackets. */
    public static String allocated(WorkerView worker) {
        var closed = worker.closed().map(why -> "(" + why + ")").orElse("");
        return worker.budget() == null ? closed : (amounts(worker) + " " + closed).stripTrailing();
    }

    private static String amounts(WorkerView worker) {
        var used = worker.allocation() == null ? new Amounts(null, null, null, 0) : worker.allocation();
        return "CPU " + of(used.cpu(), worker.budget().cpu()) + ", memory "
                + of(used.memory(), worker.budget().memory()) + ", jobs " + (used.jobs() == null ? 0 : used.jobs());
    }

    private static String of(Quantity used, Quantity budget) {
        return (used == null ? "0" : used) + " of " + budget;
    }
}

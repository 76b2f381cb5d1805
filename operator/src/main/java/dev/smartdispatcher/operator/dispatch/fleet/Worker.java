package dev.smartdispatcher.operator.dispatch.fleet;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A build worker as the pass sees it.
 *
 * @param name of the BuildWorker and its Node
 * @param hostArch what it is offered as
 * @param targets how it builds each architecture by itself; Cross is not among them, it follows from environments
 * @param speed relative speed of one thread, 100 is ordinary
 * @param budget what builds may use of it altogether
 * @param closed why it takes no job at all, or empty if it does
 * @param endBy a planned maintenance: only what is known to end by then may start; or empty
 */
public record Worker(
        String name,
        Architecture hostArch,
        Map<Architecture, Mode> targets,
        Set<String> cpuFlags,
        Kernel kernel,
        int speed,
        Map<String, String> labels,
        Room budget,
        Optional<Reason> closed,
        Optional<Instant> endBy) {
    public static final int ORDINARY_SPEED = 100;

    public Worker {
        targets = Map.copyOf(targets);
        cpuFlags = Set.copyOf(cpuFlags);
        labels = Map.copyOf(labels);
    }

    /** Version and flavour of a kernel; both empty if unknown. */
    public record Kernel(String version, String flavor) {
        public static final Kernel UNKNOWN = new Kernel("", "");
    }

    /** Whether this matches what the other one does: all but size and standing is the same. */
    public boolean matchesAs(Worker other) {
        return with(other.budget, other.closed, other.endBy).equals(other);
    }

    /** With another size and standing. */
    public Worker with(Room newBudget, Optional<Reason> newClosed, Optional<Instant> newEndBy) {
        return new Worker(name, hostArch, targets, cpuFlags, kernel, speed, labels, newBudget, newClosed, newEndBy);
    }

    /** How much the whole worker gets done: threads times their speed. */
    public long strength() {
        return budget.cpuMillis() * speed;
    }
}

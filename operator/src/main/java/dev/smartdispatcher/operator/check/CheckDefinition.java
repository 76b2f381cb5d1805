package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.check.WorkerCheckSpec;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A WorkerCheck.
 *
 * @param generation of its spec: a result of another one does not count
 * @param problems why it cannot be run anywhere, as sentences that name the field
 */
public record CheckDefinition(String name, String uid, long generation, WorkerCheckSpec spec, List<String> problems) {
    public CheckDefinition {
        problems = List.copyOf(problems);
    }

    /**
     * A check as it is read from the API server.
     *
     * @param unreadable what of it cannot be read
     */
    public static CheckDefinition of(
            String name, String uid, long generation, WorkerCheckSpec spec, List<String> unreadable) {
        var problems = new ArrayList<>(unreadable);
        if (spec.script() == null || spec.script().isEmpty()) {
            problems.add("spec.script: must be set");
        }
        var resources = spec.resources();
        amount("cpu", resources.cpuOrDefault(), Quantities::millis, problems);
        amount("memory", resources.memoryOrDefault(), Quantities::bytes, problems);
        amount("disk", resources.diskOrDefault(), Quantities::bytes, problems);
        return new CheckDefinition(name, uid, generation, spec, problems);
    }

    /** What its pod requests; nothing if it cannot be run. */
    public Room room() {
        if (!problems.isEmpty()) {
            return Room.NONE;
        }
        var resources = spec.resources();
        return new Room(
                Quantities.millis(resources.cpuOrDefault()),
                Quantities.bytes(resources.memoryOrDefault()),
                Quantities.bytes(resources.diskOrDefault()),
                1);
    }

    private static void amount(String name, Quantity amount, ToLongFunction<Quantity> read, List<String> problems) {
        try {
            if (read.applyAsLong(amount) <= 0) {
                problems.add("spec.resources." + name + ": must be positive");
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add("spec.resources." + name + ": " + e.getMessage());
        }
    }
}

package dev.smartdispatcher.operator.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.facts.Amounts;
import java.util.List;
import java.util.Optional;

/**
 * A worker as people see it. What is not known is null.
 *
 * @param budget what builds may use of it
 * @param allocation what its builds were given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerView(String name, String hostArch, Amounts budget, Amounts allocation, List<Condition> conditions) {

    /**
     * The view of one worker.
     *
     * @param recorded null if the worker has no status yet
     */
    public static WorkerView of(String name, BuildWorkerStatus recorded) {
        var status = Optional.ofNullable(recorded).orElse(BuildWorkerStatus.EMPTY);
        return new WorkerView(name, status.hostArch(), status.budget(), status.allocation(), status.conditions());
    }

    /** {@code schedulable}, the reason why not, or {@code unknown}. */
    public String schedulability() {
        return schedulable().map(c -> c.holds() ? "schedulable" : c.reason()).orElse("unknown");
    }

    /** Why it takes no jobs, as a sentence; empty if it does. */
    public Optional<String> closed() {
        return schedulable().filter(c -> !c.holds()).map(Condition::message);
    }

    private Optional<Condition> schedulable() {
        return conditions.stream()
                .filter(c -> c.type().equals(BuildWorkerStatus.SCHEDULABLE))
                .findFirst();
    }

    /** Whether it has jobs. */
    public boolean busy() {
        return allocation != null && allocation.jobs() != null && allocation.jobs() > 0;
    }
}

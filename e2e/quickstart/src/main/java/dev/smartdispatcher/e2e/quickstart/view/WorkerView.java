package dev.smartdispatcher.e2e.quickstart.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.facts.Amounts;
import java.util.List;
import java.util.Optional;

/**
 * A worker as the quickstart shows and reports it.
 *
 * @param simulated whether its facts are made up: it is then no machine of this architecture and size
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerView(
        String name,
        boolean simulated,
        String hostArch,
        Amounts budget,
        Amounts allocation,
        List<Condition> conditions) {

    public static WorkerView of(BuildWorker worker, boolean simulated) {
        var status = Optional.ofNullable(worker.getStatus()).orElse(BuildWorkerStatus.EMPTY);
        return new WorkerView(
                worker.getMetadata().getName(),
                simulated,
                status.agent() == null ? null : status.agent().hostArch(),
                status.budget(),
                status.allocation(),
                status.conditions());
    }

    /** Schedulable, or why not. */
    public String standing() {
        return conditions.stream()
                .filter(c -> c.type().equals(BuildWorkerStatus.SCHEDULABLE))
                .findFirst()
                .map(c -> c.holds() ? "schedulable" : c.reason())
                .orElse("unknown");
    }

    /** Why it takes no jobs, as a sentence; empty if it does. */
    public Optional<String> closed() {
        return conditions.stream()
                .filter(c -> c.type().equals(BuildWorkerStatus.SCHEDULABLE) && !c.holds())
                .findFirst()
                .map(Condition::message);
    }

    /** Whether something of it is given away. */
    public boolean busy() {
        return allocation != null && allocation.jobs() != null && allocation.jobs() > 0;
    }

    /** The name, with a mark on simulated workers. */
    public String label() {
        return simulated ? name + " (simulated)" : name;
    }
}

package dev.smartdispatcher.e2e.quickstart.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.smartdispatcher.operator.view.WorkerView;
import java.util.Collection;
import java.util.function.UnaryOperator;

/**
 * A worker as the quickstart shows and reports it.
 *
 * @param simulated whether its facts are made up: there is no machine of this architecture and size
 */
public record ShownWorker(@JsonUnwrapped WorkerView view, boolean simulated) {
    /** The name, with a mark on simulated workers. */
    public String label() {
        return simulated ? view.name() + " (simulated)" : view.name();
    }

    /** The label of each of these workers by its name; other names stay as they are. */
    static UnaryOperator<String> labels(Collection<ShownWorker> workers) {
        return name -> workers.stream()
                .filter(w -> w.view().name().equals(name))
                .map(ShownWorker::label)
                .findFirst()
                .orElse(name);
    }
}

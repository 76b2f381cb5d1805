package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that would have to be otherwise about a worker for it to take a job, were it empty.
 *
 * @param worker that does not take it
 * @param reasons why, first the one that counts; never empty
 * @param distance by how much the first rule is broken; comparable with that of another worker with the same first reason
 */
public record Shortfall(Worker worker, List<Reason> reasons, double distance) {
    /** The fewest reasons, then a worker that takes jobs, then the least distance, then the name. */
    public static final Comparator<Shortfall> LEAST = Comparator.comparingInt((Shortfall g) -> g.reasons.size())
            .thenComparing(g -> g.worker.closed().isPresent())
            .thenComparingDouble(Shortfall::distance)
            .thenComparing(g -> g.worker.name());

    public Shortfall {
        reasons = List.copyOf(reasons);
    }

    static Shortfall of(Requirements requirements, Worker worker, List<Rule> broken) {
        var reasons = broken.stream().map(rule -> rule.reason).toList();
        return new Shortfall(worker, reasons, broken.get(0).distance(requirements, worker));
    }

    /** With further reasons. */
    public Shortfall and(List<Reason> more) {
        return new Shortfall(
                worker, Stream.concat(reasons.stream(), more.stream()).toList(), distance);
    }

    /** What else would have to be otherwise, beside the reason that counts. */
    public List<Reason> others() {
        return reasons.subList(1, reasons.size());
    }

    /** The reason that counts. */
    public Reason reason() {
        return reasons.get(0);
    }
}

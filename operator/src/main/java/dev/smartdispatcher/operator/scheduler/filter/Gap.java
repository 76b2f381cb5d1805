package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Comparator;
import java.util.List;

/**
 * All that would have to be otherwise about a worker for it to match.
 *
 * @param worker that does not
 * @param reasons the rules that fail, first the one that counts; never empty
 * @param distance by how much the first one fails; of use beside that of another worker with the same first reason
 */
public record Gap(Worker worker, List<Reason> reasons, double distance) {
    /** The fewest rules, then a worker that takes jobs, then the least distance, then the name. */
    public static final Comparator<Gap> NEAREST = Comparator.comparingInt((Gap g) -> g.reasons.size())
            .thenComparing(g -> g.worker.closed().isPresent())
            .thenComparingDouble(Gap::distance)
            .thenComparing(g -> g.worker.name());

    public Gap {
        reasons = List.copyOf(reasons);
    }

    static Gap of(Requirements requirements, Worker worker, List<Rule> broken) {
        var reasons = broken.stream().map(rule -> rule.reason).toList();
        return new Gap(worker, reasons, broken.get(0).distance(requirements, worker));
    }

    /** The reason that counts. */
    public Reason reason() {
        return reasons.get(0);
    }

    /** Whether the worker would have to be another machine. */
    public boolean isArchitecture() {
        return reason() == Reason.WrongArchitecture || reason() == Reason.WrongHostArchitecture;
    }
}

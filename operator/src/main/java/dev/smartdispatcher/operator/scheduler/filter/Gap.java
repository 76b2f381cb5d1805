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

    static Gap of(Requirements requirements, Worker worker, List<Reason> reasons) {
        return new Gap(worker, reasons, distance(reasons.get(0), requirements, worker));
    }

    /** The reason that counts. */
    public Reason reason() {
        return reasons.get(0);
    }

    /** Whether the worker would have to be another machine. */
    public boolean isArchitecture() {
        return reason() == Reason.WrongArchitecture || reason() == Reason.WrongHostArchitecture;
    }

    private static double distance(Reason reason, Requirements requirements, Worker worker) {
        return switch (reason) {
            case WrongCpuFlags ->
                requirements.flagsPresent().stream()
                                .filter(f -> !worker.cpuFlags().contains(f))
                                .count()
                        + requirements.flagsAbsent().stream()
                                .filter(worker.cpuFlags()::contains)
                                .count();
            case WrongKernel ->
                requirements
                        .kernel()
                        .map(range -> Kernels.distance(range, worker.kernel()))
                        .orElse(0.0);
            case TooSlow -> requirements.minSpeed() - worker.measuredSpeed().orElse(0);
            case SelectorMismatch ->
                requirements
                        .selector()
                        .map(s -> s.mismatches(worker.labels()).size())
                        .orElse(0);
            case TooFewInodes -> requirements.inodes() - worker.freeInodes();
            default -> 0;
        };
    }
}

package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Matches requirements with workers, whatever the load. Each rule is one line of {@link #match}, and the first that fails
 * is the reason that counts.
 */
public final class Matcher {
    private final ModePenalty penalty;

    public Matcher(ModePenalty penalty) {
        this.penalty = penalty;
    }

    /** Whether and how the worker can build for these requirements. */
    public Match match(Requirements requirements, Worker worker) {
        var possible = possibleModes(requirements, worker);
        if (possible.isEmpty()) {
            return new Match.Rejected(Reason.WrongArchitecture);
        }
        if (!hasHostArch(requirements, worker)) {
            return new Match.Rejected(Reason.WrongHostArchitecture);
        }
        var best = possible.stream()
                .filter(m -> isAllowed(requirements, m))
                .min(Comparator.comparingInt((Mode m) -> penalty.of(m)).thenComparing(Comparator.naturalOrder()));
        if (best.isEmpty()) {
            return new Match.Rejected(Reason.WrongMode);
        }
        if (!hasFlags(requirements, worker)) {
            return new Match.Rejected(Reason.WrongCpuFlags);
        }
        if (!hasKernel(requirements, worker)) {
            return new Match.Rejected(Reason.WrongKernel);
        }
        if (!hasIsolation(requirements, worker)) {
            return new Match.Rejected(Reason.WrongIsolation);
        }
        if (!hasSpeed(requirements, worker)) {
            return new Match.Rejected(Reason.TooSlow);
        }
        if (!hasLabels(requirements, worker)) {
            return new Match.Rejected(Reason.SelectorMismatch);
        }
        if (!hasInodes(requirements, worker)) {
            return new Match.Rejected(Reason.TooFewInodes);
        }
        return new Match.Eligible(best.get());
    }

    /** All that keeps a worker from matching, in the order of {@link #match}; empty if it does match. */
    public static Optional<Gap> gap(Requirements requirements, Worker worker) {
        var possible = possibleModes(requirements, worker);
        var reasons = new ArrayList<Reason>();
        add(reasons, Reason.WrongArchitecture, !possible.isEmpty());
        add(reasons, Reason.WrongHostArchitecture, hasHostArch(requirements, worker));
        add(
                reasons,
                Reason.WrongMode,
                possible.isEmpty() || possible.stream().anyMatch(m -> isAllowed(requirements, m)));
        add(reasons, Reason.WrongCpuFlags, hasFlags(requirements, worker));
        add(reasons, Reason.WrongKernel, hasKernel(requirements, worker));
        add(reasons, Reason.WrongIsolation, hasIsolation(requirements, worker));
        add(reasons, Reason.TooSlow, hasSpeed(requirements, worker));
        add(reasons, Reason.SelectorMismatch, hasLabels(requirements, worker));
        add(reasons, Reason.TooFewInodes, hasInodes(requirements, worker));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(Gap.of(requirements, worker, reasons));
    }

    private static void add(List<Reason> reasons, Reason reason, boolean holds) {
        if (!holds) {
            reasons.add(reason);
        }
    }

    private static List<Mode> possibleModes(Requirements requirements, Worker worker) {
        var modes = new ArrayList<Mode>();
        Optional.ofNullable(worker.targets().get(requirements.target())).ifPresent(modes::add);
        if (requirements.crossHosts().contains(worker.hostArch())) {
            modes.add(Mode.Cross);
        }
        return modes;
    }

    private static boolean hasHostArch(Requirements requirements, Worker worker) {
        return requirements.hostArch().isEmpty() || requirements.hostArch().contains(worker.hostArch());
    }

    private static boolean isAllowed(Requirements requirements, Mode mode) {
        return requirements.modes().isEmpty() || requirements.modes().contains(mode);
    }

    private static boolean hasFlags(Requirements requirements, Worker worker) {
        return worker.cpuFlags().containsAll(requirements.flagsPresent())
                && requirements.flagsAbsent().stream().noneMatch(worker.cpuFlags()::contains);
    }

    private static boolean hasKernel(Requirements requirements, Worker worker) {
        return requirements
                .kernel()
                .map(range -> Kernels.accepts(range, worker.kernel()))
                .orElse(true);
    }

    private static boolean hasIsolation(Requirements requirements, Worker worker) {
        return worker.isolation().contains(requirements.isolation());
    }

    /** A speed that is not known satisfies no demand. */
    private static boolean hasSpeed(Requirements requirements, Worker worker) {
        return requirements.minSpeed() <= worker.measuredSpeed().orElse(0);
    }

    private static boolean hasLabels(Requirements requirements, Worker worker) {
        return requirements.selector().map(s -> s.matches(worker.labels())).orElse(true);
    }

    private static boolean hasInodes(Requirements requirements, Worker worker) {
        return requirements.inodes() <= worker.freeInodes();
    }
}

package dev.smartdispatcher.operator.dispatch.match;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.KernelRange;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
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
        if (!requirements.hostArch().isEmpty() && !requirements.hostArch().contains(worker.hostArch())) {
            return new Match.Rejected(Reason.WrongHostArchitecture);
        }
        var best = possible.stream()
                .filter(m ->
                        requirements.modes().isEmpty() || requirements.modes().contains(m))
                .min(Comparator.comparingInt((Mode m) -> penalty.of(m)).thenComparing(Comparator.naturalOrder()));
        if (best.isEmpty()) {
            return new Match.Rejected(Reason.WrongMode);
        }
        if (!worker.cpuFlags().containsAll(requirements.flagsPresent())
                || requirements.flagsAbsent().stream().anyMatch(worker.cpuFlags()::contains)) {
            return new Match.Rejected(Reason.WrongCpuFlags);
        }
        if (!requirements.kernel().map(k -> accepts(k, worker.kernel())).orElse(true)) {
            return new Match.Rejected(Reason.WrongKernel);
        }
        if (!worker.isolation().contains(requirements.isolation())) {
            return new Match.Rejected(Reason.WrongIsolation);
        }
        // A speed that is not known satisfies no demand.
        if (requirements.minSpeed() > worker.measuredSpeed().orElse(0)) {
            return new Match.Rejected(Reason.TooSlow);
        }
        if (!requirements.selector().map(s -> s.matches(worker.labels())).orElse(true)) {
            return new Match.Rejected(Reason.SelectorMismatch);
        }
        if (requirements.inodes() > worker.freeInodes()) {
            return new Match.Rejected(Reason.TooFewInodes);
        }
        return new Match.Eligible(best.get());
    }

    private static List<Mode> possibleModes(Requirements requirements, Worker worker) {
        var modes = new ArrayList<Mode>();
        Optional.ofNullable(worker.targets().get(requirements.target())).ifPresent(modes::add);
        if (requirements.crossHosts().contains(worker.hostArch())) {
            modes.add(Mode.Cross);
        }
        return modes;
    }

    /** An unknown kernel satisfies no demand. */
    private static boolean accepts(KernelRange range, Worker.Kernel kernel) {
        return (blank(range.minVersion())
                        || (!kernel.version().isEmpty()
                                && RpmVersion.compare(kernel.version(), range.minVersion()) >= 0))
                && (blank(range.maxVersion())
                        || (!kernel.version().isEmpty()
                                && RpmVersion.compare(kernel.version(), range.maxVersion()) <= 0))
                && (blank(range.flavor()) || range.flavor().equals(kernel.flavor()));
    }

    private static boolean blank(String text) {
        return text == null || text.isEmpty();
    }
}

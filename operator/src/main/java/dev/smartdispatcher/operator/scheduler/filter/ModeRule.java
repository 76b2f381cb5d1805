package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which a worker can build a job's target: one by itself, and one by the cross rules of the job's environment. */
final class ModeRule {
    private ModeRule() {}

    private static Stream<Mode> possible(Requirements requirements, Worker worker) {
        return Stream.concat(
                Stream.ofNullable(worker.targets().get(requirements.target())),
                crosses(requirements, worker) ? Stream.of(Mode.Cross) : Stream.empty());
    }

    private static boolean crosses(Requirements requirements, Worker worker) {
        return requirements.crossHosts().contains(worker.hostArch());
    }

    private static boolean isAllowed(Requirements requirements, Worker worker, Mode mode) {
        return (requirements.modes().isEmpty() || requirements.modes().contains(mode))
                && (worker.userNamespaces() || !requirements.namespacedModes().contains(mode));
    }

    /** Whether there is any. */
    static boolean any(Requirements requirements, Worker worker) {
        return worker.targets().containsKey(requirements.target()) || crosses(requirements, worker);
    }

    /** Whether there is one that the job allows, and in which packages can be installed there. */
    static boolean anyAllowed(Requirements requirements, Worker worker) {
        return possible(requirements, worker).anyMatch(mode -> isAllowed(requirements, worker, mode));
    }

    /** The fastest one that the job allows. */
    static Optional<Mode> best(Requirements requirements, Worker worker, ModePenalty penalty) {
        return possible(requirements, worker)
                .filter(mode -> isAllowed(requirements, worker, mode))
                .min(Comparator.comparingInt((Mode mode) -> penalty.of(mode)).thenComparing(Comparator.naturalOrder()));
    }

    static UnmetNeed unmetNeed(Requirements requirements, Worker worker) {
        return new UnmetNeed(
                needed(requirements, worker),
                "builds it "
                        + possible(requirements, worker)
                                .map(Mode::name)
                                .sorted()
                                .collect(Collectors.joining(" and ")));
    }

    private static String needed(Requirements requirements, Worker worker) {
        var allowed = Stream.of(Mode.values())
                .filter(mode -> isAllowed(requirements, worker, mode))
                .toList();
        if (allowed.isEmpty()) {
            return "a user namespace to install packages in";
        }
        return UnmetNeed.either(allowed)
                + (requirements.namespacedModes().isEmpty() || worker.userNamespaces()
                        ? ""
                        : " without a user namespace to install packages in");
    }
}

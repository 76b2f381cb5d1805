package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.filter.Shortfall;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The workers that cannot serve an equivalence class: how many for each reason, and for each reason the one with the least shortfall. */
final class MismatchedWorkers {
    private final Requirements requirements;
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    /** Null until somebody asks. */
    private Map<Reason, Shortfall> nearest;

    MismatchedWorkers(Requirements requirements) {
        this.requirements = requirements;
    }

    void add(Reason reason) {
        counts.merge(reason, 1, Integer::sum);
        forgetNearest();
    }

    void remove(Reason reason) {
        counts.computeIfPresent(reason, (r, n) -> n == 1 ? null : n - 1);
        forgetNearest();
    }

    /** The nearest workers are to be determined again: the facts of a worker changed, or whether it takes jobs. */
    void forgetNearest() {
        nearest = null;
    }

    /** Workers by the reason why they cannot serve it. */
    Map<Reason, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** Whether the nearest are known; else asking for them costs a look at each worker. */
    boolean isNearestKnown() {
        return nearest != null || counts.isEmpty();
    }

    List<Shortfall> nearest(Map<String, WorkerState> states) {
        if (counts.isEmpty()) {
            return List.of();
        }
        if (nearest == null) {
            nearest = new EnumMap<>(Reason.class);
            for (var state : states.values()) {
                if (state.worker() != null) {
                    Matcher.shortfall(requirements, state.worker())
                            .ifPresent(shortfall -> nearest.merge(
                                    shortfall.reason(), shortfall, BinaryOperator.minBy(Shortfall.LEAST)));
                }
            }
        }
        return nearest.values().stream()
                .map(shortfall -> new Shortfall(
                        states.get(shortfall.worker().name()).worker(), shortfall.reasons(), shortfall.distance()))
                .toList();
    }
}

package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.filter.Gap;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The workers that cannot serve an equivalence class: how many by each reason, and of each the one that comes nearest. */
public final class Mismatches {
    private final Requirements requirements;
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    /** Null until somebody asks. */
    private Map<Reason, Gap> nearest;

    Mismatches(Requirements requirements) {
        this.requirements = requirements;
    }

    void add(Reason reason) {
        counts.merge(reason, 1, Integer::sum);
        forget();
    }

    void remove(Reason reason) {
        counts.computeIfPresent(reason, (r, n) -> n == 1 ? null : n - 1);
        forget();
    }

    /** Workers are not what they were, in more than their size. */
    void forget() {
        nearest = null;
    }

    /** Workers by the reason why they cannot serve it. */
    public Map<Reason, Integer> counts() {
        return counts;
    }

    /** Whether the nearest are known; else asking for them costs a look at each worker. */
    public boolean isSearched() {
        return nearest != null || counts.isEmpty();
    }

    List<Gap> nearest(Map<String, WorkerState> states) {
        if (counts.isEmpty()) {
            return List.of();
        }
        if (nearest == null) {
            nearest = new EnumMap<>(Reason.class);
            for (var state : states.values()) {
                if (state.worker != null) {
                    Matcher.gap(requirements, state.worker)
                            .ifPresent(gap -> nearest.merge(gap.reason(), gap, BinaryOperator.minBy(Gap.NEAREST)));
                }
            }
        }
        return nearest.values().stream()
                .map(gap -> new Gap(states.get(gap.worker().name()).worker, gap.reasons(), gap.distance()))
                .toList();
    }
}

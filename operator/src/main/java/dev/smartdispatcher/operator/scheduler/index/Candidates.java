package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.score.Score;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The workers that can serve an equivalence class, in the orders in which they are compared; sorted when asked for after a change. */
final class Candidates {
    private static final Candidate[] NOBODY = {};
    private static final Comparator<Candidate> FASTEST =
            Comparator.comparingDouble((Candidate m) -> m.slowness).thenComparing(m -> m.state.name());
    private static final Comparator<Candidate> SLOWEST = Comparator.comparingInt((Candidate m) -> m.penaltyPercent)
            .thenComparingInt(m -> m.state.speed())
            .thenComparing(m -> m.state.name());

    private final Map<WorkerState, Candidate> byState = new LinkedHashMap<>();
    private Candidate[] fastest;
    private Candidate[] slowest;
    private int leastPenalty;

    void add(Candidate candidate) {
        byState.put(candidate.state, candidate);
        fastest = null;
    }

    /** Returns whether the worker was a candidate. */
    boolean remove(WorkerState state) {
        boolean removed = byState.remove(state) != null;
        if (removed) {
            fastest = null;
        }
        return removed;
    }

    boolean contains(WorkerState state) {
        return byState.containsKey(state);
    }

    /** The fastest first. */
    Candidate[] fastest() {
        if (fastest == null) {
            fastest = byState.values().toArray(NOBODY);
            Arrays.sort(fastest, FASTEST);
            slowest = null;
            leastPenalty =
                    Arrays.stream(fastest).mapToInt(m -> m.penaltyPercent).min().orElse(0);
        }
        return fastest;
    }

    /** In the order of {@link Score#ENOUGH}. */
    Candidate[] of(Expense expense) {
        fastest();
        if (expense != Expense.Light) {
            return fastest;
        }
        if (slowest == null) {
            slowest = fastest.clone();
            Arrays.sort(slowest, SLOWEST);
        }
        return slowest;
    }

    /** Of the modes in which the workers serve it, in percent of the native time. */
    int leastPenalty() {
        fastest();
        return leastPenalty;
    }
}

package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.placement.Decision;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a scheduling cycle brought.
 *
 * @param decisions in the order in which they were decided
 * @param waits jobs whose reason is new or differs from the one published last
 * @param behind whether more is left to be explained than fits into one cycle: there should be another one soon
 */
public record CycleResult(List<Decision> decisions, List<Wait> waits, boolean behind) {
    public CycleResult {
        decisions = List.copyOf(decisions);
        waits = List.copyOf(waits);
    }

    /** Those of the decisions that start a job. */
    public List<Placement> placements() {
        return decisions.stream()
                .flatMap(decision -> decision.match(Stream::of))
                .toList();
    }
}

package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.util.List;

/**
 * What a pass brought.
 *
 * @param placements in the order in which they were decided
 * @param waits jobs whose reason is new or another than when it was last told
 * @param behind whether more is left to be told than fits into one pass: there should be another one soon
 */
public record CycleResult(List<Placement> placements, List<Wait> waits, boolean behind) {
    public CycleResult {
        placements = List.copyOf(placements);
        waits = List.copyOf(waits);
    }
}

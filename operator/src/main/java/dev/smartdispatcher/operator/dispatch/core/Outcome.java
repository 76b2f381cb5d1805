package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.explain.Wait;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import java.util.List;

/**
 * What a pass brought.
 *
 * @param placements in the order in which they were decided
 * @param waits jobs whose reason is new or another than when it was last told
 * @param behind whether more is left to be told than fits into one pass: there should be another one soon
 */
public record Outcome(List<Placement> placements, List<Wait> waits, boolean behind) {
    public Outcome {
        placements = List.copyOf(placements);
        waits = List.copyOf(waits);
    }
}

package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.pass.Plan;
import java.util.List;

/**
 * What a pass brought.
 *
 * @param placements in the order in which they were decided
 * @param waits jobs whose reason is new or may be another than when it was last told
 */
public record Outcome(List<Placement> placements, List<Plan.Wait> waits) {
    public Outcome {
        placements = List.copyOf(placements);
        waits = List.copyOf(waits);
    }
}

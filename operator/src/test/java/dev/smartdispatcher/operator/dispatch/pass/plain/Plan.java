package dev.smartdispatcher.operator.dispatch.pass.plain;

import dev.smartdispatcher.operator.dispatch.explain.Wait;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import java.util.List;
import java.util.Map;

/**
 * What a pass decided: every pending job is in exactly one of the two lists.
 *
 * @param placements in the order in which they were decided
 * @param waits by tenant, then in the tenant's order
 * @param reserved the worker on which room is kept for a job, by the job's UID
 */
public record Plan(List<Placement> placements, List<Wait> waits, Map<String, String> reserved) {
    public Plan {
        placements = List.copyOf(placements);
        waits = List.copyOf(waits);
        reserved = Map.copyOf(reserved);
    }
}

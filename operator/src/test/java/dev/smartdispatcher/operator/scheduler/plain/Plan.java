package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a scheduling cycle decided: every pending job is in exactly one of the two lists.
 *
 * @param placements in the order in which they were decided
 * @param waits by tenant, then in the tenant's order
 * @param terms on which worker room is reserved for a job that waits, or that the job rests, by its UID
 */
public record Plan(List<Placement> placements, List<Wait> waits, Map<String, ReservationTerm> terms) {
    public Plan {
        placements = List.copyOf(placements);
        waits = List.copyOf(waits);
        terms = Map.copyOf(terms);
    }

    /** The workers on which room is reserved, by the jobs' UIDs. */
    public Map<String, String> reserved() {
        return terms.entrySet().stream()
                .filter(e -> !e.getValue().resting())
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().worker()));
    }
}

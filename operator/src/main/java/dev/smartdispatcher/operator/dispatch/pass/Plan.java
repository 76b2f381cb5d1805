package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.operator.dispatch.explain.Explanation;
import dev.smartdispatcher.operator.dispatch.queue.JobKey;
import java.util.List;

/** What a pass decided: every pending job is in exactly one of the two lists, each in queue order. */
public record Plan(List<Placement> placements, List<Wait> waits) {
    public Plan {
        placements = List.copyOf(placements);
        waits = List.copyOf(waits);
    }

    /** A job that goes on waiting, its place among those (from 1), and why. */
    public record Wait(JobKey job, int position, Explanation explanation) {}
}

package dev.smartdispatcher.operator.controller.policy;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.QueueStatus;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The queue's summary for the policy's status. */
public final class QueueSummary {
    private QueueSummary() {}

    /**
     * Counts the waiting jobs by reason, most first, equal counts by the reason's order. A job without a published reason why it
     * waits is counted in all, but with no reason.
     *
     * @param reasons of the jobs that can be placed
     * @param waiting number of these
     * @param unready reasons of those that cannot
     */
    public static QueueStatus summary(Map<Reason, Integer> reasons, int waiting, List<Reason> unready, int running) {
        var counts = new EnumMap<Reason, Integer>(Reason.class);
        counts.putAll(reasons);
        unready.forEach(reason -> counts.merge(reason, 1, Integer::sum));
        var byReason = counts.entrySet().stream()
                .map(e -> new QueueStatus.ReasonCount(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing((QueueStatus.ReasonCount c) -> -c.count())
                        .thenComparing(QueueStatus.ReasonCount::reason))
                .toList();
        return new QueueStatus(waiting + unready.size(), running, byReason);
    }
}

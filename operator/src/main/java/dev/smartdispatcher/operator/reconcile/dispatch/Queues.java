package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.QueueStatus;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The queue's summary for the policy's status. */
final class Queues {
    private Queues() {}

    /** Counts the waiting jobs by reason, most first, equal counts by the reason's order. */
    static QueueStatus summary(List<Reason> waiting, int running) {
        var counts = waiting.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        var byReason = counts.entrySet().stream()
                .map(e -> new QueueStatus.ReasonCount(e.getKey(), e.getValue().intValue()))
                .sorted(Comparator.comparing((QueueStatus.ReasonCount c) -> -c.count())
                        .thenComparing(QueueStatus.ReasonCount::reason))
                .toList();
        return new QueueStatus(waiting.size(), running, byReason);
    }
}

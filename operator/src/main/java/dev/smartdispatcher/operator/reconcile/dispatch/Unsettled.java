package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.operator.reconcile.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decisions of which it is not known whether they are written. They are sent again, not too often, until they are, or until
 * the cache shows their jobs as others than they were decided on.
 */
final class Unsettled {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final List<Sent> sent = new ArrayList<>();

    private record Sent(Decision decision, Instant at) {}

    void add(List<Decision> decisions, Instant now) {
        decisions.forEach(d -> sent.add(new Sent(d, now)));
    }

    /** Takes those that are to be sent now, and forgets those that stand no more. */
    List<Decision> takeDue(Predicate<Decision> stands, Instant now) {
        sent.removeIf(s -> !stands.test(s.decision));
        var due = sent.stream().filter(s -> !Recent.is(s.at, INTERVAL, now)).toList();
        sent.removeAll(due);
        return due.stream().map(Sent::decision).toList();
    }

    boolean isEmpty() {
        return sent.isEmpty();
    }
}

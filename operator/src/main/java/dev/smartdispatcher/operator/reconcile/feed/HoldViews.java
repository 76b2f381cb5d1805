package dev.smartdispatcher.operator.reconcile.feed;

import dev.smartdispatcher.operator.dispatch.core.Dispatcher;
import dev.smartdispatcher.operator.dispatch.share.Hold;
import dev.smartdispatcher.operator.refusal.NamespaceHolds;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Tells the dispatcher of tenants whose namespaces refuse what their jobs need. */
final class HoldViews {
    private final NamespaceHolds holds;
    private Set<String> held = Set.of();

    HoldViews(NamespaceHolds holds) {
        this.holds = holds;
    }

    /** Where a namespace may be asked again and nobody is left who was not refused, all have their turns again. */
    void takeTurns(Dispatcher dispatcher, Instant now) {
        holds.forgetIdle(now);
        holds.namespaces().stream()
                .filter(tenant -> holds.allowance(tenant, now) > 0 && !dispatcher.hasReady(tenant))
                .forEach(holds::newRound);
    }

    /** Tells what is true now. */
    void tell(Dispatcher dispatcher, Instant now) {
        var free = new HashSet<>(held);
        held = holds.namespaces();
        free.removeAll(held);
        free.forEach(tenant -> dispatcher.hold(tenant, Hold.NONE));
        held.forEach(tenant -> dispatcher.hold(tenant, new Hold(holds.told(tenant), holds.allowance(tenant, now))));
    }
}

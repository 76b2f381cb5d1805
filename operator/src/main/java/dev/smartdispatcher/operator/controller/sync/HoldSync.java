package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.operator.controller.refusal.NamespaceHolds;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Keeps the scheduler up to date with the namespaces that refuse what their jobs need. */
final class HoldSync {
    private final NamespaceHolds holds;
    private Set<String> held = Set.of();

    HoldSync(NamespaceHolds holds) {
        this.holds = holds;
    }

    /** Where a namespace may be asked again and nobody is left who was not refused, all have their turns again. */
    void takeTurns(Scheduler scheduler, Instant now) {
        holds.forgetIdle(now);
        holds.namespaces().stream()
                .filter(tenant -> holds.allowance(tenant, now) > 0 && !scheduler.hasReady(tenant))
                .forEach(holds::newCycle);
    }

    /** Brings the scheduler up to date. */
    void publish(Scheduler scheduler, Instant now) {
        var free = new HashSet<>(held);
        held = holds.namespaces();
        free.removeAll(held);
        free.forEach(tenant -> scheduler.hold(tenant, NamespaceHold.NONE));
        held.forEach(tenant ->
                scheduler.hold(tenant, new NamespaceHold(holds.published(tenant), holds.allowance(tenant, now))));
    }
}

package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.queue.Tenant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs that wait for an explanation, the tenants in turn: a million jobs of one keep nobody else's from it. */
final class UnexplainedJobs {
    private final Map<Tenant, Deque<QueuedJob>> byTenant = new LinkedHashMap<>();

    void add(QueuedJob queued) {
        byTenant.computeIfAbsent(queued.tenant(), t -> new ArrayDeque<>()).add(queued);
    }

    boolean isEmpty() {
        return byTenant.isEmpty();
    }

    /** Takes the next one; there has to be one. */
    QueuedJob next() {
        var first = byTenant.entrySet().iterator().next();
        var tenant = first.getKey();
        var entries = first.getValue();
        byTenant.remove(tenant);
        var queued = entries.poll();
        if (!entries.isEmpty()) {
            byTenant.put(tenant, entries);
        }
        return queued;
    }
}

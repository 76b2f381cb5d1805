package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Tenant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs that are to be told why they wait, the tenants in turn: a million jobs of one keep nobody else's from it. */
final class Fresh {
    private final Map<Tenant, Deque<Entry>> byTenant = new LinkedHashMap<>();

    void add(Entry entry) {
        byTenant.computeIfAbsent(entry.lane.tenant, t -> new ArrayDeque<>()).add(entry);
    }

    boolean isEmpty() {
        return byTenant.isEmpty();
    }

    /** Takes the next one; there has to be one. */
    Entry next() {
        var first = byTenant.entrySet().iterator().next();
        var tenant = first.getKey();
        var entries = first.getValue();
        byTenant.remove(tenant);
        var entry = entries.poll();
        if (!entries.isEmpty()) {
            byTenant.put(tenant, entries);
        }
        return entry;
    }
}

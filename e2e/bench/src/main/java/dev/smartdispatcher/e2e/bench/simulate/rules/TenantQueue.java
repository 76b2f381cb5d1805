package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Waiting jobs in order of arrival, by what they may use, so that the first that can start is found without a search. */
final class TenantQueue {
    private final Map<Long, TreeMap<Integer, Request>> byUsable = new HashMap<>();

    /** A waiting job and the instances that it may use. */
    record Entry(Request request, long usable) {}

    void add(Request request, long usable) {
        byUsable.computeIfAbsent(usable, u -> new TreeMap<>()).put(request.index(), request);
    }

    /** The first in order of arrival that may use some of these. */
    Optional<Entry> first(long idle) {
        Entry first = null;
        for (var group : byUsable.entrySet()) {
            if ((group.getKey() & idle) != 0 && !group.getValue().isEmpty()) {
                var head = group.getValue().firstEntry().getValue();
                if (first == null || head.index() < first.request().index()) {
                    first = new Entry(head, group.getKey());
                }
            }
        }
        return Optional.ofNullable(first);
    }

    void remove(Entry entry) {
        byUsable.get(entry.usable()).remove(entry.request().index());
    }
}

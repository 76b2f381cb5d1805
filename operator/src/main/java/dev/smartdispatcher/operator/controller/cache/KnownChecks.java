package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.check.WorkerCheckSpec;
import dev.smartdispatcher.api.check.WorkerCheckSpecBuilder;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.informer.Informers;
import dev.smartdispatcher.operator.controller.informer.ObjectCaches;
import dev.smartdispatcher.operator.controller.informer.Subscriber;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The WorkerChecks as definitions, made once for each change of them. Safe for use by several threads. */
final class KnownChecks {
    private static final WorkerCheckSpec NOTHING =
            WorkerCheckSpecBuilder.builder().build();

    private final ObjectCaches caches;
    private final AtomicLong changes = new AtomicLong();
    private volatile Known known = new Known(-1, List.of());

    /** As of a number of changes: a change that comes while the list is made leads to another one. */
    private record Known(long changes, List<CheckDefinition> definitions) {}

    KnownChecks(ObjectCaches caches, Informers informers) {
        this.caches = caches;
        informers.checkSubscribers().add(Subscriber.onChange(check -> changes.incrementAndGet()));
    }

    /** By name; the same list until one of them changes. */
    List<CheckDefinition> all() {
        var current = known;
        long now = changes.get();
        if (current.changes() != now) {
            current = new Known(
                    now,
                    caches.checks()
                            .list()
                            .map(KnownChecks::definition)
                            .sorted(Comparator.comparing(CheckDefinition::name))
                            .toList());
            known = current;
        }
        return current.definitions();
    }

    private static CheckDefinition definition(WorkerCheck check) {
        var meta = check.getMetadata();
        return CheckDefinition.of(
                meta.getName(),
                meta.getUid(),
                ClusterView.generation(check),
                Optional.ofNullable(check.getSpec()).orElse(NOTHING),
                Unreadable.of(check, "spec"));
    }
}

package dev.smartdispatcher.e2e.embedded;

import java.time.Clock;

/**
 * What an {@link EmbeddedCluster} is to have. Immutable.
 *
 * @param port of the loopback interface; 0: any that is free
 * @param scheduler whether pods are bound to nodes
 * @param garbageCollector whether dependents go with their owners, and namespaces are emptied
 * @param definitions whether the project's CustomResourceDefinitions are there from the start
 * @param rememberedEvents how many writes a watch may lag behind before it is told 410
 */
public record ClusterOptions(
        int port, boolean scheduler, boolean garbageCollector, boolean definitions, int rememberedEvents, Clock clock) {
    /** Everything on, on any port. */
    public static final ClusterOptions DEFAULT = new ClusterOptions(0, true, true, true, 4096, Clock.systemUTC());

    public ClusterOptions withPort(int wanted) {
        return new ClusterOptions(wanted, scheduler, garbageCollector, definitions, rememberedEvents, clock);
    }

    public ClusterOptions withoutScheduler() {
        return new ClusterOptions(port, false, garbageCollector, definitions, rememberedEvents, clock);
    }

    public ClusterOptions withoutGarbageCollector() {
        return new ClusterOptions(port, scheduler, false, definitions, rememberedEvents, clock);
    }

    public ClusterOptions withoutDefinitions() {
        return new ClusterOptions(port, scheduler, garbageCollector, false, rememberedEvents, clock);
    }

    public ClusterOptions withRememberedEvents(int events) {
        return new ClusterOptions(port, scheduler, garbageCollector, definitions, events, clock);
    }

    public ClusterOptions withClock(Clock wanted) {
        return new ClusterOptions(port, scheduler, garbageCollector, definitions, rememberedEvents, wanted);
    }
}

package dev.smartdispatcher.e2e.embedded.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/** The latest events, from which a watch that comes back continues. Not thread-safe. */
final class History {
    private final Deque<StoreEvent> events = new ArrayDeque<>();
    private final int capacity;
    private long forgotten;

    History(int capacity) {
        this.capacity = capacity;
    }

    void add(StoreEvent event) {
        if (events.size() == capacity) {
            forgotten = events.removeFirst().version();
        }
        events.addLast(event);
    }

    /** The events after {@code version}; empty if some of them are forgotten. */
    Optional<Stream<StoreEvent>> since(long version) {
        return version < forgotten
                ? Optional.empty()
                : Optional.of(events.stream().filter(event -> event.version() > version));
    }
}

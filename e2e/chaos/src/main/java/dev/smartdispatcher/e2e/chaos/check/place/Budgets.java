package dev.smartdispatcher.e2e.chaos.check.place;

import dev.smartdispatcher.e2e.chaos.check.view.Room;
import dev.smartdispatcher.e2e.chaos.check.view.Worker;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The budgets of workers over the last while: a decision may have been made by any of them, as watches lag. */
final class Budgets {
    private static final Set<String> SOURCES = Set.of("buildworkers", "nodes");

    private final long graceMillis;
    private final Map<String, Deque<Since>> known = new HashMap<>();

    private record Since(long millis, Room room) {}

    Budgets(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    void apply(World world, Change change) {
        if (SOURCES.contains(change.kind())) {
            world.worker(change.name()).map(Worker::budget).ifPresent(room -> add(change, room));
        }
    }

    private void add(Change change, Room room) {
        var budgets = known.computeIfAbsent(change.name(), w -> new ArrayDeque<>());
        if (budgets.isEmpty() || !budgets.getLast().room().equals(room)) {
            budgets.addLast(new Since(change.millis(), room));
        }
        forget(budgets, change.millis());
    }

    /** Those that were over before the last while began. */
    private void forget(Deque<Since> budgets, long millis) {
        while (budgets.size() > 1) {
            var first = budgets.pollFirst();
            if (budgets.getFirst().millis() > millis - graceMillis) {
                budgets.addFirst(first);
                return;
            }
        }
    }

    /** The most of each amount that the worker has had; empty if nothing is known of it. */
    Optional<Room> most(String worker, long millis) {
        var budgets = known.get(worker);
        if (budgets == null) {
            return Optional.empty();
        }
        forget(budgets, millis);
        return budgets.stream().map(Since::room).reduce(Room::max);
    }
}

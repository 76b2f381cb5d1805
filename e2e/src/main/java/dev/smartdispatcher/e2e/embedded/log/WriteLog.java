package dev.smartdispatcher.e2e.embedded.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest writes, oldest first. Thread-safe. */
public final class WriteLog {
    private static final int KEPT = 100_000;

    private final Deque<Write> writes = new ArrayDeque<>();

    public synchronized void add(Write write) {
        if (writes.size() == KEPT) {
            writes.removeFirst();
        }
        writes.addLast(write);
    }

    /** All writes that are kept. */
    public synchronized List<Write> all() {
        return List.copyOf(writes);
    }

    /** The writes that were done, not refused, by the client with this user agent. */
    public List<Write> doneBy(String userAgent) {
        return all().stream()
                .filter(write -> write.isDone() && write.by().equals(userAgent))
                .toList();
    }

    /** Forgets what was written so far. */
    public synchronized void clear() {
        writes.clear();
    }
}

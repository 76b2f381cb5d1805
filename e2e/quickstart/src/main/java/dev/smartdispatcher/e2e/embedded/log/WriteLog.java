package dev.smartdispatcher.e2e.embedded.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** The latest writes, oldest first. Whoever has seen what a write did finds it here. Thread-safe. */
public final class WriteLog {
    private static final int KEPT = 100_000;

    private final Deque<Write> writes = new ArrayDeque<>();
    /** Shared by writes that are under way; who reads the log waits for their end. */
    private final ReadWriteLock underWay = new ReentrantReadWriteLock();

    /**
     * Does a write and adds it.
     *
     * @param write answers the request
     * @param entry what is to be logged of it, by its answer
     */
    public <A> A logged(Supplier<A> write, Function<A, Write> entry) {
        underWay.readLock().lock();
        try {
            var answer = write.get();
            add(entry.apply(answer));
            return answer;
        } finally {
            underWay.readLock().unlock();
        }
    }

    private synchronized void add(Write write) {
        if (writes.size() == KEPT) {
            writes.removeFirst();
        }
        writes.addLast(write);
    }

    /** All writes that are kept. */
    public List<Write> all() {
        return whole(() -> List.copyOf(writes));
    }

    /** The writes that were done, not refused, by the client with this user agent. */
    public List<Write> doneBy(String userAgent) {
        return all().stream()
                .filter(write -> write.isDone() && write.by().equals(userAgent))
                .toList();
    }

    /** Forgets what was written so far. */
    public void clear() {
        whole(() -> {
            writes.clear();
            return null;
        });
    }

    private <T> T whole(Supplier<T> look) {
        underWay.writeLock().lock();
        try {
            return look.get();
        } finally {
            underWay.writeLock().unlock();
        }
    }
}

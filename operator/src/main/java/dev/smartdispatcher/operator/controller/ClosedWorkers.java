package dev.smartdispatcher.operator.controller;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Which workers the scheduler knows to take no jobs. {@code Drained} is a promise: it is made of a worker only when no cycle that
 * found it open can still decide for it, and nothing that was decided before is on its way. Safe for use by several threads.
 */
public final class ClosedWorkers {
    private final Map<String, Boolean> closed = new HashMap<>();
    private volatile Predicate<String> decided = worker -> false;

    /**
     * Where decisions are that the caches do not show.
     *
     * @param onWorker whether there is one for a worker
     */
    public void decided(Predicate<String> onWorker) {
        decided = onWorker;
    }

    /**
     * The scheduler looks at a worker. Nobody is answered meanwhile: who was told of a drain before asks either before the look,
     * which then finds the drain, or is told what it found.
     *
     * @param look whether the worker is closed by what the caches show now; empty if there is none
     */
    public synchronized void look(String worker, Supplier<Optional<Boolean>> look) {
        look.get().ifPresentOrElse(isClosed -> closed.put(worker, isClosed), () -> closed.remove(worker));
    }

    /**
     * Whether nothing can be allocated on a worker any more that is found to be draining: the caches show all that was. To be asked
     * before these are.
     *
     * @param promised whether that was said of it before; it stands until the scheduler has looked for the first time
     */
    public boolean isSettled(String worker, boolean promised) {
        return isClosed(worker, promised) && !decided.test(worker);
    }

    private synchronized boolean isClosed(String worker, boolean promised) {
        return closed.getOrDefault(worker, promised);
    }
}

package dev.smartdispatcher.e2e.embedded.control;

import dev.smartdispatcher.threads.DaemonThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a pass over everything whenever it is woken, in a thread of its own. Wakings during a pass make one more pass. A pass
 * that fails is logged, and tried again at the next waking.
 */
public final class ControlLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

    private final String name;
    private final Runnable cycle;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ExecutorService thread;

    public ControlLoop(String name, Runnable cycle) {
        this.name = name;
        this.cycle = cycle;
        thread = Executors.newSingleThreadExecutor(new DaemonThreads(name));
    }

    /** Asks for a pass that begins after this call. Never blocks. */
    public void wake() {
        if (due.compareAndSet(false, true)) {
            try {
                thread.execute(this::run);
            } catch (RejectedExecutionException e) {
                LOG.debug("{} is closed", name);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("{} does not end", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        due.set(false);
        try {
            cycle.run();
        } catch (RuntimeException e) {
            LOG.error("{}: pass failed", name, e);
        }
    }
}

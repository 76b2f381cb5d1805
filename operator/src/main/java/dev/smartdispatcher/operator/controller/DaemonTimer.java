package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread for what is done later, or again and again. A failure is logged, and keeps nothing from being done
 * that comes after it: a scheduled executor of the JDK never runs a task again that has thrown once, and says nothing. After the
 * close nothing is done any more.
 */
public final class DaemonTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonTimer.class);

    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    /** @param name of the thread, as in the log */
    public DaemonTimer(String name) {
        this.name = name;
        executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Runs a task once, after this time. */
    public void after(Duration time, Runnable task) {
        executor.schedule(() -> run(task), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs a task after this time, and again and again with this pause after each run. */
    public void each(Duration first, Duration pause, Runnable task) {
        executor.scheduleWithFixedDelay(() -> run(task), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("{} failed, going on", name);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

package dev.smartdispatcher.web;

import dev.smartdispatcher.threads.DaemonThreads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs exchanges with clients, some at a time, each for a bounded time. The JDK's server reads a request on the thread that
 * answers it, so a client that sends one byte keeps a thread. It is interrupted, which closes the connection: after
 * {@link #LONGEST}, and while others wait for a thread after {@link #CROWDED}.
 */
final class Exchanges implements Executor, AutoCloseable {
    static final int THREADS = 32;
    static final Duration LONGEST = Duration.ofSeconds(5);
    /** Far longer than an honest client needs to send its request and to read the answer. */
    static final Duration CROWDED = Duration.ofMillis(250);

    private static final Duration KEEP_THREADS = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 50;

    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService watch;
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private final Duration longest;

    Exchanges(String name) {
        this(name, LONGEST);
    }

    Exchanges(String name, Duration longest) {
        this.longest = longest;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                KEEP_THREADS.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads(name));
        threads.allowCoreThreadTimeOut(true);
        watch = Executors.newSingleThreadScheduledExecutor(new DaemonThreads(name + "-watch"));
        watch.scheduleWithFixedDelay(this::cutOff, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void execute(Runnable exchange) {
        try {
            threads.execute(() -> run(exchange));
        } catch (RejectedExecutionException e) {
            // The server is being closed, and all its connections with it.
        }
    }

    private void run(Runnable task) {
        var exchange = new Exchange(Thread.currentThread(), System.nanoTime());
        running.add(exchange);
        try {
            task.run();
        } finally {
            running.remove(exchange);
            exchange.end();
        }
    }

    private void cutOff() {
        var limit = threads.getQueue().isEmpty() ? longest : CROWDED;
        long now = System.nanoTime();
        running.forEach(exchange -> exchange.cutOff(now - limit.toNanos()));
    }

    @Override
    public void close() {
        watch.shutdownNow();
        threads.shutdownNow();
    }

    /** One that runs; a thread is interrupted for its own exchange only. */
    private static final class Exchange {
        private final Thread thread;
        private final long since;
        private boolean ended;

        private Exchange(Thread thread, long since) {
            this.thread = thread;
            this.since = since;
        }

        private synchronized void cutOff(long begunBefore) {
            if (!ended && since - begunBefore < 0) {
                thread.interrupt();
            }
        }

        private synchronized void end() {
            ended = true;
            Thread.interrupted();
        }
    }
}

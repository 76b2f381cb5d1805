package dev.smartdispatcher.e2e.api.leader;

import dev.smartdispatcher.e2e.process.OperatorProcess;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Starts an operator again whenever it has ended, as a kubelet does with a container. To be closed, which ends both. */
final class Supervisor implements AutoCloseable {
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final Supplier<OperatorProcess> starter;
    private final AtomicInteger restarts = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private OperatorProcess current;

    Supervisor(Supplier<OperatorProcess> starter) {
        this.starter = starter;
        current = starter.get();
        timer.scheduleWithFixedDelay(this::look, BACK_OFF.toMillis(), BACK_OFF.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        if (!current.isAlive()) {
            restarts.incrementAndGet();
            current.close();
            current = starter.get();
        }
    }

    int restarts() {
        return restarts.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            current.close();
        }
    }
}

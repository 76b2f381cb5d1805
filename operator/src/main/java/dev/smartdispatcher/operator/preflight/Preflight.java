package dev.smartdispatcher.operator.preflight;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the operator can work here. Asks again every few seconds while something is missing, and now and then
 * while nothing is: what is there can be taken away. Each problem is logged when it comes and when it is gone.
 */
public final class Preflight implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final Supplier<List<String>> check;
    private final Duration again;
    private final Duration calm;
    private final CountDownLatch clear = new CountDownLatch(1);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "preflight");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<String> problems = List.of("what the operator needs is not checked yet");
    private List<String> told = List.of();

    /**
     * @param check finds what is missing, one line each
     * @param again time to the next check when something is missing
     * @param calm the same when nothing is
     */
    public Preflight(Supplier<List<String>> check, Duration again, Duration calm) {
        this.check = check;
        this.again = again;
        this.calm = calm;
    }

    /** The first check follows at once, in a thread of its own. */
    public void start() {
        timer.execute(this::look);
    }

    /** What is missing by the last check, one line each for an administrator; empty: nothing is. */
    public List<String> problems() {
        return problems;
    }

    /** Waits until nothing has been missing once. */
    public void await() throws InterruptedException {
        clear.await();
    }

    private void look() {
        var found = check();
        found.stream().filter(line -> !told.contains(line)).forEach(LOG::error);
        told.stream().filter(line -> !found.contains(line)).forEach(line -> LOG.info("no longer: {}", line));
        told = found;
        problems = found;
        if (found.isEmpty()) {
            clear.countDown();
        }
        timer.schedule(this::look, (found.isEmpty() ? calm : again).toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<String> check() {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return List.of("what the operator needs cannot be checked: " + e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

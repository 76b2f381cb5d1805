package dev.smartdispatcher.operator.preflight;

import dev.smartdispatcher.operator.controller.DaemonTimer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    private final DaemonTimer timer = new DaemonTimer("preflight");
    private volatile List<String> problems = List.of("the operator's requirements have not been checked yet");
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

    /** The first check follows at once, in a separate thread. */
    public void start() {
        timer.after(Duration.ZERO, this::look);
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
        var pause = again;
        try {
            if (check()) {
                pause = calm;
            }
        } finally {
            timer.after(pause, this::look);
        }
    }

    /** Whether nothing is missing. */
    private boolean check() {
        var found = found();
        found.stream().filter(line -> !told.contains(line)).forEach(LOG::error);
        told.stream().filter(line -> !found.contains(line)).forEach(line -> LOG.info("no longer: {}", line));
        told = found;
        problems = found;
        if (found.isEmpty()) {
            clear.countDown();
        }
        return found.isEmpty();
    }

    private List<String> found() {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return List.of("the operator's requirements cannot be checked: " + e);
        }
    }

    @Override
    public void close() {
        timer.close();
    }
}

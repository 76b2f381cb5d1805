package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.operator.scheduler.cycle.DumpWindow;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Requests for a dump of the scheduler. The thread of the scheduling cycles answers them at the end of a cycle: so a dump is
 * consistent, and the scheduler needs no locks.
 */
public final class DumpRequests {
    /** Longer than a cycle, shorter than the web server lets a request last. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    /** Each costs a cycle up to 0.2 s, see {@link DumpWindow}. */
    private static final int MOST = 4;

    private final BlockingQueue<Request> waiting = new ArrayBlockingQueue<>(MOST);
    private final Runnable wake;
    private final Duration patience;

    /** A dump and the number of its scheduling cycle. */
    public record Dump(long cycle, SchedulerDump scheduler) {}

    private record Request(DumpWindow window, CompletableFuture<Dump> answer) {}

    /** @param wake causes a scheduling cycle */
    public DumpRequests(Runnable wake) {
        this(wake, PATIENCE);
    }

    DumpRequests(Runnable wake, Duration patience) {
        this.wake = wake;
        this.patience = patience;
    }

    /** Waits for the end of a scheduling cycle. Empty if too many others wait, or no cycle ends in time. For any thread. */
    public Optional<Dump> ask(DumpWindow window) throws InterruptedException {
        var request = new Request(window, new CompletableFuture<>());
        if (!waiting.offer(request)) {
            return Optional.empty();
        }
        wake.run();
        try {
            return Optional.of(request.answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the scheduler cannot be dumped", e.getCause());
        } finally {
            waiting.remove(request);
        }
    }

    /** Answers all who wait. For the thread of the scheduling cycles, whose cycle a failure does not end. */
    void answer(long cycle, Function<DumpWindow, SchedulerDump> scheduler) {
        for (var request = waiting.poll(); request != null; request = waiting.poll()) {
            try {
                request.answer.complete(new Dump(cycle, scheduler.apply(request.window)));
            } catch (RuntimeException e) {
                request.answer.completeExceptionally(e);
            }
        }
    }
}

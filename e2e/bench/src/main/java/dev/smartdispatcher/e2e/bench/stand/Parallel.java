package dev.smartdispatcher.e2e.bench.stand;

import dev.smartdispatcher.threads.DaemonThreads;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The same action on many things, side by side. */
public final class Parallel {
    private Parallel() {}

    /**
     * Returns when all are done.
     *
     * @throws BenchFailure if one of them failed; the first failure is its cause
     */
    public static <T> void run(int threads, Collection<T> things, Consumer<T> action) {
        var executor = Executors.newFixedThreadPool(threads, new DaemonThreads("parallel"));
        try {
            var futures = things.stream()
                    .<Future<?>>map(thing -> executor.submit(() -> action.accept(thing)))
                    .toList();
            for (var future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new BenchFailure(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        } finally {
            executor.shutdownNow();
        }
    }
}

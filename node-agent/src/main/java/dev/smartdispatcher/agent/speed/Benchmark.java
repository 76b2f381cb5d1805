package dev.smartdispatcher.agent.speed;

import dev.smartdispatcher.agent.kernel.LowPriority;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import dev.smartdispatcher.threads.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Measures by fixed work: on one thread, then on all at a time. It takes a second on the reference, and two seconds of a
 * thread's CPU time anywhere; on a busy machine it waits for them. What counts is the CPU time of a unit of work, which neither
 * waiting for a CPU nor a limit of the container makes longer. Builds that run meanwhile take caches and the other half of a
 * core: therefore one thread counts by its best unit. All threads together are in each other's way, as those of builds are:
 * they count by the middle one.
 */
public final class Benchmark implements Speedometer {
    /** Discarded: the code is compiled meanwhile, and the processor leaves its saving states. */
    private static final int WARM_UP = 200;

    private static final int ONE_THREAD = 200;
    private static final int ALL_THREADS = 100;
    /** Of the three parts each: slow machines do less work. */
    private static final Duration MOST_CPU = Duration.ofMillis(650);
    /** At a time, a third of a MiB each: the speed of more threads follows from theirs. */
    private static final int MOST_THREADS = 128;

    private final Duration patience;

    /**
     * Measures as often as asked.
     *
     * @param patience for one measurement on a machine that has no CPU left for it
     */
    public Benchmark(Duration patience) {
        this.patience = patience;
    }

    @Override
    public SpeedIndex measure(int threads) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        run(1, WARM_UP, end);
        double single = mean(run(1, ONE_THREAD, end), Run::best);
        double each = mean(run(Math.min(threads, MOST_THREADS), ALL_THREADS, end), Run::middle);
        return new SpeedIndex(index(single), index(each * threads));
    }

    private static int index(double speed) {
        return (int) Math.min(Bounds.SPEED, Math.max(1, Math.round(speed)));
    }

    private static List<Run> run(int threads, int rounds, long end) throws IOException {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch done = new CountDownLatch(threads);
        List<Run> runs = IntStream.range(0, threads)
                .mapToObj(i -> new Run(rounds, MOST_CPU))
                .toList();
        for (Run run : runs) {
            new DaemonThreads("speed").newThread(() -> work(run, ready, done)).start();
        }
        try {
            if (!done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IOException("The machine is too busy to be measured.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The measurement was interrupted.", e);
        } finally {
            runs.forEach(Run::stop);
        }
        return runs;
    }

    private static void work(Run run, CountDownLatch ready, CountDownLatch done) {
        LowPriority.ofThisThread();
        ready.countDown();
        try {
            ready.await();
            run.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }

    private static double mean(List<Run> runs, Function<Run, OptionalDouble> speed) throws IOException {
        return runs.stream()
                .map(speed)
                .flatMapToDouble(OptionalDouble::stream)
                .average()
                .orElseThrow(() -> new IOException("No unit of work was done."));
    }
}

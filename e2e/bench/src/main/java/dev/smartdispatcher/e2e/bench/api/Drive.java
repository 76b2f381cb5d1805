package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.e2e.bench.stand.Arrivals;
import dev.smartdispatcher.e2e.bench.stand.Costs;
import dev.smartdispatcher.e2e.bench.stand.Figures;
import dev.smartdispatcher.e2e.bench.stand.Parallel;
import dev.smartdispatcher.e2e.bench.stand.Stand;
import dev.smartdispatcher.e2e.process.Server;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Sends jobs through a stand: those of the warm-up, and when they are complete the measured ones, as fast as the creators can.
 * Job numbers go on from the one to the other.
 *
 * @param part named where it fails
 * @param more processes beside the stand's whose CPU time counts
 */
record Drive(String part, Sizes sizes, Stand stand, Map<String, Server> more) {
    /**
     * Runs.
     *
     * @param create creates the job of this number, and returns when it is there
     * @param complete the jobs that are complete
     */
    Measured run(IntConsumer create, Arrivals complete) {
        create(0, sizes.warmUp(), create);
        await(complete, sizes.warmUp(), "jobs of the warm-up complete");
        var costs = Costs.from(stand, more);
        var start = System.nanoTime();
        create(sizes.warmUp(), sizes.warmUp() + sizes.jobs(), create);
        await(complete, sizes.warmUp() + sizes.jobs(), "jobs complete");
        var cpu = costs.cpuSeconds();
        var seconds = (complete.last() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Measured(
                sizes.jobs(), Figures.rounded(seconds, 2), cpu, Figures.perJob(costs.requestCounts(), sizes.jobs()));
    }

    private void create(int from, int to, IntConsumer create) {
        Parallel.run(sizes.creators(), IntStream.range(from, to).boxed().toList(), create::accept);
    }

    private void await(Arrivals complete, int count, String what) {
        complete.await(count, part + ": " + what, sizes.limit(), this::checkAlive);
    }

    /** Asking an ended server for its process fails, and says which one it is. */
    private void checkAlive() {
        more.values().forEach(Server::pid);
        stand.servers().values().forEach(Server::pid);
    }
}

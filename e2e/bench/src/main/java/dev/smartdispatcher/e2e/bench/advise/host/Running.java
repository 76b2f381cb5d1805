package dev.smartdispatcher.e2e.bench.advise.host;

import dev.smartdispatcher.e2e.bench.simulate.engine.Start;

/**
 * An attempt on the host.
 *
 * @param begin seconds
 * @param mib that it writes before it is done or killed for it
 * @param seconds of CPU with a core for each of its processes, until it is done or killed for its memory
 * @param threads that it keeps busy on average
 * @param memory bytes that it uses while it computes
 */
record Running(
        Start start,
        double begin,
        double mib,
        double seconds,
        double threads,
        long memory,
        boolean diskKilled,
        boolean memoryKilled) {
    int index() {
        return start.request().index();
    }
}

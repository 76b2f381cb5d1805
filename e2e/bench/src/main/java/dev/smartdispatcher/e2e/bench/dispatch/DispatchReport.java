package dev.smartdispatcher.e2e.bench.dispatch;

import dev.smartdispatcher.e2e.report.Machine;
import java.util.List;
import java.util.Map;

/** {@code dispatch.json}. */
record DispatchReport(List<Case> cases, List<Doubling> doublings, Machine machine, long seed) {

    /**
     * One case, as JMH timed it and as it saw itself.
     *
     * @param kind mixed, nothingFits or input
     * @param placed jobs that were started in a run
     * @param passes of all runs that counted, those included that only tell jobs why they wait
     * @param seconds for all placements of a run
     * @param cpuSeconds of the dispatcher's thread, the same but for the collector where it has a core for itself
     * @param p99Millis of these passes, so of the time that a job of the last one waited for its decision
     * @param idleCycleMillis of a scheduling cycle that finds nothing new
     * @param heapMiB in use after a full collection, with all workers and jobs waiting
     * @param phaseMillis by phase of the scheduling cycle, in all
     */
    record Case(
            int workers,
            int jobs,
            String kind,
            int placed,
            int passes,
            double seconds,
            double cpuSeconds,
            double placementsPerSecond,
            double p99Millis,
            double idleCycleMillis,
            double heapMiB,
            Map<String, Double> phaseMillis) {

        double microsPerPlacement() {
            return placed == 0 ? 0 : seconds * 1e6 / placed;
        }
    }

    /**
     * By how much a placement costs more with twice as much of one thing, on average between two cases.
     *
     * @param of workers or jobs
     */
    record Doubling(String of, String from, String to, double factor) {}
}

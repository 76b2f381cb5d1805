package dev.smartdispatcher.e2e.bench.cluster;

import dev.smartdispatcher.e2e.bench.stand.Figures;
import dev.smartdispatcher.e2e.report.Machine;
import java.util.List;

/**
 * {@code cluster.json}.
 *
 * @param startMillis median time from the request that creates a BuildJob until its container was seen running
 * @param bareJobStartMillis the same for a batch/v1 Job with the same pod
 * @param startRatio the one to the other
 * @param operatorMiB resident memory of each operator, as its kubelet tells; of the leader and of those that wait
 * @param agentMiB of each node agent
 * @param agents what else the agents cost
 */
record ClusterReport(
        double startMillis,
        double bareJobStartMillis,
        double startRatio,
        Spread starts,
        Spread bareJobStarts,
        List<Long> operatorMiB,
        List<Long> agentMiB,
        AgentCost agents,
        int runs,
        Machine machine) {

    /**
     * Spread of the single times, in milliseconds.
     *
     * @param podP50 median until the pod was there
     */
    record Spread(double least, double p50, double p95, double most, double podP50) {
        /** Of at least one time. */
        static Spread of(List<Starts.Start> starts) {
            var sorted =
                    starts.stream().mapToDouble(Starts.Start::millis).sorted().toArray();
            var pods = starts.stream()
                    .mapToDouble(Starts.Start::podMillis)
                    .sorted()
                    .toArray();
            return new Spread(
                    Figures.rounded(sorted[0], 0),
                    Figures.rounded(Figures.percentile(sorted, 0.5), 0),
                    Figures.rounded(Figures.percentile(sorted, 0.95), 0),
                    Figures.rounded(sorted[sorted.length - 1], 0),
                    Figures.rounded(Figures.percentile(pods, 0.5), 0));
        }
    }

    static ClusterReport of(
            List<Starts.Start> ours, List<Starts.Start> bare, Residents residents, AgentCost agents, Machine machine) {
        var starts = Spread.of(ours);
        var bareStarts = Spread.of(bare);
        return new ClusterReport(
                starts.p50(),
                bareStarts.p50(),
                Figures.rounded(starts.p50() / bareStarts.p50(), 2),
                starts,
                bareStarts,
                residents.operatorMiB(),
                residents.agentMiB(),
                agents,
                ours.size(),
                machine);
    }
}

package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.e2e.bench.stand.Figures;
import dev.smartdispatcher.e2e.report.Machine;
import java.util.Map;

/**
 * {@code api.json}.
 *
 * @param ratio ours to raw: which part of what the API takes the operator reaches
 * @param ratioToBatch ours to batch
 * @param writesPerJob of the operator for an ordinary job, and its part of what is written for many at once
 * @param p50Millis from a job's creation to that of its pod while all jobs come at once, so mostly the wait for those before
 * @param heapMiB of the operator after a full collection, with all jobs and pods in its caches
 * @param heapPeakMiB garbage included
 * @param seed of the jobs' sizes
 */
record ApiReport(
        double jobsPerSecond,
        double rawJobsPerSecond,
        double ratio,
        double batchJobsPerSecond,
        double ratioToBatch,
        Map<String, Double> writesPerJob,
        Map<String, Double> conflictsPerJob,
        Map<String, Double> readsPerJob,
        double p50Millis,
        double p99Millis,
        long heapMiB,
        long heapPeakMiB,
        Machine machine,
        Sizes sizes,
        long seed,
        Map<String, Measured> parts) {

    static ApiReport of(
            Machine machine,
            Sizes sizes,
            OursPart.Result ours,
            Measured raw,
            Measured batch,
            WritesPart.PerJob perJob) {
        var speed = ours.measured().jobsPerSecond();
        return new ApiReport(
                speed,
                raw.jobsPerSecond(),
                Figures.rounded(speed / raw.jobsPerSecond(), 2),
                batch.jobsPerSecond(),
                Figures.rounded(speed / batch.jobsPerSecond(), 2),
                perJob.writes(),
                perJob.conflicts(),
                perJob.reads(),
                ours.p50Millis(),
                ours.p99Millis(),
                ours.heapMiB(),
                ours.heapPeakMiB(),
                machine,
                sizes,
                sizes.seed(),
                Map.of("ours", ours.measured(), "raw", raw, "batch", batch));
    }
}

package dev.smartdispatcher.agent.advisor;

import dev.smartdispatcher.api.worker.facts.Amounts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The advice for one host.
 *
 * @param limits of its BuildWorker: the host less the reserve, and the concurrent jobs; null if nothing is known of the host
 * @param makeJobs most of each job, for its parallelism.max
 * @param cache of its BuildWorker
 * @param job what a job gets that does not say, for the DispatchPolicy
 * @param numbers all of these, explained
 */
public record Advice(Amounts limits, OptionalInt makeJobs, Optional<Cache> cache, JobSize job, List<Number> numbers) {
    /**
     * A cache.
     *
     * @param size bytes
     */
    public record Cache(long size, String storageClassName) {}
}

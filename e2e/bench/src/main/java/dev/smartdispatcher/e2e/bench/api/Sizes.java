package dev.smartdispatcher.e2e.bench.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.smartdispatcher.e2e.bench.stand.Farm;
import java.time.Duration;
import java.util.List;

/**
 * How large the benchmark is.
 *
 * @param jobs measured in each part
 * @param warmUp jobs before them, which count nowhere: a long-running operator's code is compiled
 * @param creators threads that create jobs
 * @param audited jobs of the run that counts writes
 * @param limit of each part
 * @param operatorJvm options of the operator's JVM
 * @param seed of the jobs' sizes
 */
public record Sizes(
        int jobs,
        int warmUp,
        int workers,
        int cores,
        int podMillis,
        int creators,
        int audited,
        @JsonIgnore Duration limit,
        List<String> operatorJvm,
        long seed) {
    Farm farm() {
        return new Farm(workers, cores, Duration.ofMillis(podMillis));
    }
}

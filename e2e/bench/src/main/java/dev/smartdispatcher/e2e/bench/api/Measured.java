package dev.smartdispatcher.e2e.bench.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.smartdispatcher.e2e.bench.stand.Figures;
import java.util.Map;

/**
 * What one part came to.
 *
 * @param seconds from the first creation to the last completion
 * @param cpuSeconds by process in that time
 * @param requestsPerJob to the API server in that time, by everybody
 */
record Measured(int jobs, double seconds, Map<String, Double> cpuSeconds, Map<String, Double> requestsPerJob) {
    @JsonProperty
    double jobsPerSecond() {
        return Figures.rounded(jobs / seconds, 1);
    }
}

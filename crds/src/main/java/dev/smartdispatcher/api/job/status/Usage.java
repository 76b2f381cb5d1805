package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;

/** What the last attempt that ran really used, as its entry measured it; what it could not measure is absent. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Usage(
        @JsonPropertyDescription(
                "Largest memory (bytes) that was seen in use, without page cache: looked at each 20 ms at first, each"
                        + " second in the end. Of a build that was killed for memory: its limit.")
        Quantity memoryPeak,

        @JsonPropertyDescription("Memory (bytes) that was never exceeded, page cache included, as the kernel says.")
        Quantity memoryBound,

        @JsonPropertyDescription("Largest disk (bytes) that was seen in use.")
        Quantity diskPeak,

        @Min(0) @Max(Bounds.COUNT) @JsonPropertyDescription("CPU time (seconds).")
        Long cpuSeconds) {}

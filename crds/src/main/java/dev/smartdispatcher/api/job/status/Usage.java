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
                "Largest memory (bytes) seen in use, page cache excluded; sampled every 20 ms at first, every second"
                        + " later. For a build that the kernel killed for its memory: its limit.")
        Quantity memoryPeak,

        @JsonPropertyDescription("Peak memory (bytes) by the kernel's own count, page cache included: an upper bound.")
        Quantity memoryBound,

        @JsonPropertyDescription("Largest disk usage (bytes) seen.")
        Quantity diskPeak,

        @Min(0) @Max(Bounds.COUNT) @JsonPropertyDescription("CPU time (seconds).")
        Long cpuSeconds) {}

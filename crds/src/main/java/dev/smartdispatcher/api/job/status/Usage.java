package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;

/** What the last attempt that ran really used, as its entry measured it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Usage(
        @JsonPropertyDescription("Largest memory (bytes) in use.")
        Quantity memoryPeak,

        @JsonPropertyDescription("Largest disk (bytes) in use.")
        Quantity diskPeak,

        @Min(0) @Max(Bounds.COUNT) @JsonPropertyDescription("CPU time (seconds).")
        Long cpuSeconds) {}

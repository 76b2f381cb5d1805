package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;

/** The load of a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LoadFacts(
        @JsonPropertyDescription(
                "CPU (cores) used on the node between two looks, by builds too: the operator takes off what these were"
                        + " given.")
        Quantity cpu,

        @JsonPropertyDescription("Memory (bytes) available without swapping.")
        Quantity memoryAvailable,

        @JsonPropertyDescription("Pressure stall information.")
        Pressure pressure) {

    /** The kernel's pressure stall information, some avg60. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Pressure(
            @Min(0) @Max(100) @JsonPropertyDescription("Time some task waited for CPU (percent of the last minute).")
            Integer cpu,

            @Min(0) @Max(100) @JsonPropertyDescription("Time some task waited for memory (percent of the last minute).")
            Integer memory,

            @Min(0) @Max(100) @JsonPropertyDescription("Time some task waited for I/O (percent of the last minute).")
            Integer io) {}
}

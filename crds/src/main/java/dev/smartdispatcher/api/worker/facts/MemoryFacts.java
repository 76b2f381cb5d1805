package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;

/** The memory of a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MemoryFacts(
        @JsonPropertyDescription("Physical memory (bytes).") Quantity total,
        @JsonPropertyDescription("Swap (bytes).") Quantity swap) {}

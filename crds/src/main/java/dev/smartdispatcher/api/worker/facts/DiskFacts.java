package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;

/** The file system that builds use on a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DiskFacts(
        @JsonPropertyDescription("Size (bytes).") Quantity capacity,
        @JsonPropertyDescription("Free for users (bytes).") Quantity free,

        @Min(0) @Max(Bounds.COUNT) @JsonPropertyDescription("Free inodes (number).")
        Long freeInodes) {}

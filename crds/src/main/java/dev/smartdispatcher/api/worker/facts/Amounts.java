package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;

/** CPU, memory, disk and number of jobs: a worker's limits, budget or allocation. An absent amount is not stated. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Amounts(
        @JsonPropertyDescription("CPU (cores).") Quantity cpu,
        @JsonPropertyDescription("Memory (bytes).") Quantity memory,
        @JsonPropertyDescription("Disk (bytes).") Quantity disk,

        @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Number of jobs at a time.")
        Integer jobs) {}

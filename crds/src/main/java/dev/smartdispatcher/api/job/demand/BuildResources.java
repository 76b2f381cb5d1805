package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** What a build needs of a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.cpuPerProcess) || string(self.cpuPerProcess)" + QuantityForm.CEL_POSITIVE,
        message = BuildResources.POSITIVE_CPU,
        fieldPath = ".cpuPerProcess")
public record BuildResources(
        @Default("\"1\"")
        @JsonPropertyDescription(
                "CPU (cores, a quantity) requested for each of N make jobs; idle CPU is shared on top.")
        Quantity cpuPerProcess,

        @JsonPropertyDescription("Memory as a function of N; request and limit of the pod. Default: the policy's.")
        MemoryEnvelope memory,

        @JsonPropertyDescription("Scratch disk. Default: the policy's.")
        DiskRequest disk) {
    public static final String POSITIVE_CPU = "cpuPerProcess must be positive";
}

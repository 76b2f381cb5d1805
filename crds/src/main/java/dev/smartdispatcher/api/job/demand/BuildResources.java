package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.CountedNames;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** What a build needs of a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.cpuPerProcess) || string(self.cpuPerProcess)" + QuantityForm.CEL_POSITIVE,
        message = BuildResources.POSITIVE_CPU,
        fieldPath = ".cpuPerProcess")
@ValidationRule(value = CountedNames.CEL, message = CountedNames.RULE, fieldPath = ".counted")
public record BuildResources(
        @Default("\"1\"")
        @JsonPropertyDescription(
                "CPU (cores, a quantity) requested for each of N make jobs; idle CPU is shared on top.")
        Quantity cpuPerProcess,

        @JsonPropertyDescription("Memory as a function of N; request and limit of the pod. Default: the policy's.")
        MemoryEnvelope memory,

        @JsonPropertyDescription("Scratch disk. Default: the policy's.")
        DiskRequest disk,

        @Size(max = CountedNames.MOST_OF_JOB)
        @JsonPropertyDescription(
                "Licences and other things that the farm has a number of: how many the build holds of each, by its name in the"
                        + " policy's counted.")
        Map<String, @Min(1) @Max(CountedNames.MOST_UNITS) Integer> counted) {
    public static final String POSITIVE_CPU = "cpuPerProcess must be positive";

    public BuildResources {
        counted = CountedNames.copy(counted);
    }
}

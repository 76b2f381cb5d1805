package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.CountedNames;
import dev.smartdispatcher.api.job.demand.Parallelism;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** What an attempt was given, recorded before its pod exists. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Allocation(
        @Required @JsonPropertyDescription("Name of the BuildWorker.")
        String worker,

        @Required @JsonPropertyDescription("Architecture of the worker.")
        String hostArch,

        @Required @JsonPropertyDescription("How the target is built on the worker.")
        Mode mode,

        @Required @Min(1) @Max(Parallelism.LIMIT) @JsonPropertyDescription("N: the number of the build's make jobs.")
        Integer parallelism,

        @Required @JsonPropertyDescription("CPU (cores) requested.")
        Quantity cpu,

        @Required @JsonPropertyDescription("Memory (bytes), request and limit.")
        Quantity memory,

        @Required @JsonPropertyDescription("Scratch disk (bytes).")
        Quantity disk,

        @JsonPropertyDescription(
                "Where the memory comes from: Declared, the job; Default, the policy; Profile, a BuildProfile.")
        MemoryBasis basis,

        @Size(max = CountedNames.MOST_OF_JOB)
        @JsonPropertyDescription("How many the attempt holds of what the policy counts, by name.")
        Map<String, @Min(0) @Max(CountedNames.MOST_UNITS) Integer> counted) {
    public Allocation {
        counted = CountedNames.copy(counted);
    }

    /** Of a version that did not say where the memory comes from. */
    public Allocation(
            String worker,
            String hostArch,
            Mode mode,
            Integer parallelism,
            Quantity cpu,
            Quantity memory,
            Quantity disk) {
        this(worker, hostArch, mode, parallelism, cpu, memory, disk, null, null);
    }
}

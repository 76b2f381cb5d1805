package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.List;

/** The processor of a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CpuFacts(
        @JsonPropertyDescription("Vendor, as GenuineIntel.") String vendor,
        @JsonPropertyDescription("Model name.") String model,

        @Min(0) @Max(Bounds.PROCESSORS) @JsonPropertyDescription("Number of sockets.")
        Integer packages,

        @Min(0) @Max(Bounds.PROCESSORS) @JsonPropertyDescription("Number of physical cores.")
        Integer cores,

        @Min(0) @Max(Bounds.PROCESSORS) @JsonPropertyDescription("Number of hardware threads.")
        Integer threads,

        @JsonPropertyDescription("Level of the x86-64 psABI, as x86-64-v3; absent on others.")
        String microarchitecture,

        @JsonPropertyDescription("Flags or features, as in the kernel's cpuinfo, sorted.")
        List<String> flags,

        @Min(0) @Max(Bounds.SPEED) @JsonPropertyDescription("The kernel's BogoMIPS of one thread.")
        Integer bogoMips,

        @Min(0) @Max(Bounds.PROCESSORS) @JsonPropertyDescription("Number of NUMA nodes.")
        Integer numaNodes) {
    public CpuFacts {
        flags = flags == null ? List.of() : List.copyOf(flags);
    }
}

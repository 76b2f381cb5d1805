package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** CPU flags, as in the kernel's cpuinfo, that a worker must and must not have. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.all) || !has(self.none) || self.all.all(f, !(f in self.none))",
        message = CpuFlags.DISJOINT)
public record CpuFlags(
        @Size(max = 64) @JsonPropertyDescription("Flags that the worker's CPU must have, every one.")
        List<@Size(min = 1, max = 64) String> all,

        @Size(max = 64) @JsonPropertyDescription("Flags that the worker's CPU must not have, none of them.")
        List<@Size(min = 1, max = 64) String> none) {
    public static final String DISJOINT = "cpuFlags.all and cpuFlags.none must not share a flag";
}

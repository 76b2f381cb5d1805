package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.arch.ArchitectureRule;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How many jobs of a tenant some of the workers may have at a time. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.hostArch) || has(self.workerSelector)", message = TenantLimit.SOME)
public record TenantLimit(
        @Size(min = 1, max = 16)
        @ValidationRule(value = "self in " + ArchitectureRule.NAMES, messageExpression = ArchitectureRule.MESSAGE)
        @JsonPropertyDescription("Architecture of the workers, by its RPM/uname name. Default: any.")
        String hostArch,

        @JsonPropertyDescription(
                "Selector on the workers' labels, as in a job's requires.workerSelector. Default: all workers.")
        LabelSelector workerSelector,

        @Required
        @Min(0)
        @Max(1_000_000)
        @JsonPropertyDescription(
                "Number of jobs that each of the namespaces may have dispatched to these workers at a time.")
        Integer maxJobs) {
    public static final String SOME =
            "a limit must name workers by hostArch, workerSelector or both; for all workers there is tenants.maxJobs";
}

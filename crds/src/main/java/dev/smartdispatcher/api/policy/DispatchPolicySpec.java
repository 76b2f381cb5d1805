package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How the farm is run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DispatchPolicySpec(
        @JsonPropertyDescription("What jobs get that do not say.")
        JobDefaults defaults,

        @JsonPropertyDescription("How much longer builds take in each mode (percent of the native time).")
        ModePenalty modePenaltyPercent,

        @Size(max = 64) @JsonPropertyDescription("Tolerations of worker pods, as farms taint their build nodes.")
        List<TaintToleration> tolerations,

        @Size(max = 253)
        @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$")
        @JsonPropertyDescription("PriorityClass of worker pods. Empty: the cluster's default.")
        String priorityClassName) {
    public static final DispatchPolicySpec STANDARD = new DispatchPolicySpec(null, null, null, null);

    public DispatchPolicySpec {
        defaults = defaults == null ? JobDefaults.STANDARD : defaults;
        modePenaltyPercent = modePenaltyPercent == null ? ModePenalty.STANDARD : modePenaltyPercent;
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        priorityClassName = priorityClassName == null ? "" : priorityClassName;
    }
}

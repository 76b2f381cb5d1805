package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.CountedNames;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the dispatcher sees. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DispatchPolicyStatus(
        @JsonPropertyDescription("The queue.") QueueStatus queue,

        @Size(max = DispatchPolicyStatus.MOST_TENANTS)
        @JsonPropertyDescription("What tenants have used; those that used next to nothing are left out.")
        List<TenantUsage> tenants,

        @Size(max = 16) @JsonPropertyDescription("Valid: nothing in the policy keeps jobs from starting.")
        List<Condition> conditions,

        @Size(max = CountedNames.MOST) @JsonPropertyDescription("What is in use of the policy's counted.")
        List<CountedUse> counted) {
    public static final String VALID = "Valid";

    /** Tenants whose usage is kept: about 100 KiB of them. */
    public static final int MOST_TENANTS = 1024;

    public DispatchPolicyStatus {
        tenants = tenants == null ? List.of() : List.copyOf(tenants);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        counted = counted == null ? List.of() : List.copyOf(counted);
    }
}

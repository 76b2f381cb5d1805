package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.LabelSelector;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * What tenants get. Each namespace is a tenant; the first rule that selects it counts, and one that none selects has weight 1
 * and no limit.
 *
 * @param maxJobs null: no limit
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TenantRule(
        @Required @JsonPropertyDescription("Selector on the labels of namespaces; an empty one selects all.")
        LabelSelector namespaceSelector,

        @Min(1)
        @Max(1000)
        @Default("1")
        @JsonPropertyDescription("Share of each of these namespaces, relative to those of others.")
        Integer weight,

        @Min(0)
        @Max(1_000_000)
        @JsonPropertyDescription(
                "Number of jobs that each of these namespaces may have dispatched at a time. Default: no limit.")
        Integer maxJobs,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Limits on some of the workers, by their architecture or labels. All that are for a worker count.")
        List<TenantLimit> limits) {
    public TenantRule {
        weight = weight == null ? Integer.valueOf(1) : weight;
        limits = limits == null ? List.of() : List.copyOf(limits);
    }
}

package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/**
 * What a fact of a worker must be: exactly one of the three is set. A worker that does not have the fact satisfies none.
 *
 * @param value the only value that satisfies; {@code equals} in the API
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FactMatch(
        @JsonProperty("equals")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Size(max = AgentFacts.LONGEST_VALUE)
        @JsonPropertyDescription("The value that the fact must have.")
        String value,

        @Size(max = 16) @JsonPropertyDescription("Values of which the fact must have one.")
        List<@Size(max = AgentFacts.LONGEST_VALUE) String> in,

        @JsonPropertyDescription(
                "The least amount (a quantity, as 200 or 64Gi) that the fact's value, read as a quantity, must be.")
        Quantity atLeast) {
    /** Whether exactly one is set. */
    public boolean hasOne() {
        return (value == null ? 0 : 1) + (in == null || in.isEmpty() ? 0 : 1) + (atLeast == null ? 0 : 1) == 1;
    }
}

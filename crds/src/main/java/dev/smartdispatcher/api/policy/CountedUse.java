package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.CountedNames;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How much of a counted resource is in use, and by whom. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CountedUse(
        @Required @JsonPropertyDescription("Its name.") String name,

        @Required
        @Min(0)
        @Max(CountedNames.MOST_UNITS)
        @JsonPropertyDescription("How many the farm has, by the policy.")
        Integer amount,

        @Required
        @Min(0)
        @Max(Bounds.COUNT)
        @JsonPropertyDescription("How many attempts hold. More than the amount only after that was made less.")
        Long allocated,

        @Size(max = CountedUse.MOST_HOLDERS) @JsonPropertyDescription("Namespaces whose jobs hold the most of it.")
        List<Holder> holders) {
    public static final int MOST_HOLDERS = 8;

    public CountedUse {
        holders = holders == null ? List.of() : List.copyOf(holders);
    }

    /** A namespace and how many its jobs hold together. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Holder(
            @Required @JsonPropertyDescription("The namespace.")
            String namespace,

            @Required @Min(0) @Max(Bounds.COUNT) @JsonPropertyDescription("How many its jobs hold.")
            Long allocated) {}
}

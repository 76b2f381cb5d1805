package dev.smartdispatcher.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** One condition of an object, as in Kubernetes' API conventions. A list of them holds each type once. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record Condition(
        @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Type of the condition, in CamelCase; unique in the list.")
        String type,

        @Required @JsonPropertyDescription("Whether the condition holds: True, False or Unknown.")
        Status status,

        @Min(0)
        @Max(Bounds.COUNT)
        @JsonPropertyDescription("metadata.generation of the object that the condition was set for.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When status last changed (RFC 3339).")
        Instant lastTransitionTime,

        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("Why, as one word in CamelCase.")
        String reason,

        @Size(max = Sentence.LONGEST) @JsonPropertyDescription("Why, as a sentence for people.")
        String message)
        implements ConditionBuilder.With {

    public Condition {
        message = Sentence.of(message);
    }

    /** Whether a condition holds. */
    public enum Status {
        True,
        False,
        Unknown;

        /** {@link #True} or {@link #False}. */
        public static Status of(boolean holds) {
            return holds ? True : False;
        }
    }

    /** Whether the status is True. */
    public boolean holds() {
        return status == Status.True;
    }
}

package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Reason;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The queue as the last pass left it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QueueStatus(
        @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Number of jobs that wait.")
        Integer pending,

        @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Number of jobs with a live attempt.")
        Integer running,

        @Size(max = 32) @JsonPropertyDescription("Jobs that wait, by reason, most first.")
        List<ReasonCount> byReason) {
    public QueueStatus {
        byReason = byReason == null ? List.of() : List.copyOf(byReason);
    }

    /** How many jobs wait for one reason. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ReasonCount(
            @Required @JsonPropertyDescription("Why they wait.")
            Reason reason,

            @Required @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Number of jobs.")
            Integer count) {}
}

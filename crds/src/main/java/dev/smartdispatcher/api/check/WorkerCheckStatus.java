package dev.smartdispatcher.api.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Condition;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the operator knows of a check. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkerCheckStatus(
        @JsonPropertyDescription("How many workers there are with each standing.")
        CheckedWorkers workers,

        @Size(max = 16) @JsonPropertyDescription("Valid: the check can be run.")
        List<Condition> conditions) {
    public static final String VALID = "Valid";

    public WorkerCheckStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}

package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;

/** What is kept of the logs of builds that have a claim for their results. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeptLogs(
        @JsonPropertyDescription(
                "Largest log (bytes, a quantity, before compression) kept in the job's claim; of a longer one, the"
                        + " beginning and the end are kept. 0: none. Default: 64Mi.")
        Quantity maxSize) {
    private static final Quantity SIXTY_FOUR_MI = new Quantity("64Mi");

    public KeptLogs {
        maxSize = maxSize == null ? SIXTY_FOUR_MI : maxSize;
    }
}

package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;

/** What is kept of the logs of builds that have a claim for their results. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeptLogs(
        @JsonPropertyDescription(
                "Most (bytes, a quantity, before compression) that is kept of a log in the job's claim; of more, its"
                        + " beginning and its end are kept. 0: nothing. Default: 64Mi.")
        Quantity maxSize) {
    private static final Quantity SIXTY_FOUR_MI = new Quantity("64Mi");

    public KeptLogs {
        maxSize = maxSize == null ? SIXTY_FOUR_MI : maxSize;
    }
}

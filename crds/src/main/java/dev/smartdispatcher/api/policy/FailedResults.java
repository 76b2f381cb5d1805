package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;

/** What is kept of the results of builds that failed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FailedResults(
        @JsonPropertyDescription(
                "How much (bytes, a quantity) is kept of what a failed build left in results.path; of more, the"
                        + " smallest files are kept. 0: nothing. Default: 100Mi.")
        Quantity maxSize) {
    private static final Quantity HUNDRED_MI = new Quantity("100Mi");

    public FailedResults {
        maxSize = maxSize == null ? HUNDRED_MI : maxSize;
    }
}

package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How many further attempts a job gets, by the way an attempt ended. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value =
                "(has(self.onWorkerLost) ? self.onWorkerLost : 3) + (has(self.onOutOfResources) ? self.onOutOfResources : 2)"
                        + " + (has(self.onFailure) ? self.onFailure : 0) <= 19",
        message = Retry.SUM)
public record Retry(
        @Min(0) @Max(19) @Default("3") @JsonPropertyDescription("Further attempts after the worker was lost under one.")
        Integer onWorkerLost,

        @Min(0)
        @Max(19)
        @Default("2")
        @JsonPropertyDescription("Further attempts, with a larger envelope, after memory or disk ran out.")
        Integer onOutOfResources,

        @Min(0)
        @Max(19)
        @Default("0")
        @JsonPropertyDescription("Further attempts after the command failed or exceeded its deadline.")
        Integer onFailure) {
    public static final String SUM =
            "the sum of retry.onWorkerLost, retry.onOutOfResources and retry.onFailure must not exceed 19";
    public static final Retry DEFAULT = new Retry(null, null, null);

    public Retry {
        onWorkerLost = onWorkerLost == null ? Integer.valueOf(3) : onWorkerLost;
        onOutOfResources = onOutOfResources == null ? Integer.valueOf(2) : onOutOfResources;
        onFailure = onFailure == null ? Integer.valueOf(0) : onFailure;
    }
}

package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** The range of N, the number of a build's make jobs. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.max) || self.max >= (has(self.min) ? self.min : 1)",
        message = Parallelism.ORDERED,
        fieldPath = ".max")
public record Parallelism(
        @Min(1)
        @Max(Parallelism.LIMIT)
        @Default("1")
        @JsonPropertyDescription("Smallest N (make jobs) that the build may be given; the job waits below it.")
        Integer min,

        @Min(1)
        @Max(Parallelism.LIMIT)
        @JsonPropertyDescription(
                "Largest N (make jobs) that the build may be given; default: what the worker can give.")
        Integer max) {
    public static final int LIMIT = 1024;
    public static final String ORDERED = "parallelism.max must not be smaller than parallelism.min";

    /** min, or 1. */
    public int least() {
        return min == null ? 1 : min;
    }

    /** max, or {@link #LIMIT}. */
    public int most() {
        return max == null ? LIMIT : max;
    }
}

package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a build leaves its results, and the claim they are copied to when the command succeeds. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Results(
        @Size(min = 2, max = 1024)
        @Pattern("^/.+")
        @Default("\"/build/out\"")
        @JsonPropertyDescription("Directory in the container, exported as BUILD_RESULTS.")
        String path,

        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(value = "!self.startsWith('" + JobVolume.CACHES + "')", message = JobVolume.NO_CACHE)
        @JsonPropertyDescription(
                "PersistentVolumeClaim in the job's namespace. Its directory JOB/ATTEMPT receives the results and the"
                        + " log (log.gz); after a failed attempt, as much of the results as the policy allows. The claim"
                        + " outlives the job and its pods.")
        String claimName) {
    public static final String DEFAULT_PATH = "/build/out";

    /** path, or {@link #DEFAULT_PATH}. */
    public String directory() {
        return path == null ? DEFAULT_PATH : path;
    }
}

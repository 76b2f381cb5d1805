package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Where the results of the attempt that succeeded are kept. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResultsStatus(
        @Required @JsonPropertyDescription("Name of the PersistentVolumeClaim.")
        String claimName,

        @Required @JsonPropertyDescription("Directory in the claim: JOB/ATTEMPT.")
        String directory) {}

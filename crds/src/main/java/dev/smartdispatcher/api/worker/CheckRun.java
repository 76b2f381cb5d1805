package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** One run of a WorkerCheck that came to an end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckRun(
        @Required @JsonPropertyDescription("When it ended (RFC 3339).")
        Instant time,

        @Required @JsonPropertyDescription("Whether the worker passed.")
        Boolean passed,

        @Min(0) @Max(255) @JsonPropertyDescription("The script's exit code; absent if it was stopped.")
        Integer exitCode) {}

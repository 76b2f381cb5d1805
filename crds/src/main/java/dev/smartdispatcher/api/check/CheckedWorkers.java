package dev.smartdispatcher.api.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** The workers that a check is for, by their standing. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckedWorkers(
        @Required @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Workers that passed it.")
        Integer passed,

        @Required @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Workers that failed it.")
        Integer failed,

        @Required
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Workers without a result, or with one that no longer counts.")
        Integer unknown) {}

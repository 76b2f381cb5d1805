package dev.smartdispatcher.api.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** How much work recent builds were, on a worker of speed 100 in the native mode. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LearnedWork(
        @Required @Min(1) @Max(Bounds.COUNT) @JsonPropertyDescription("CPU time (seconds).")
        Long coreSeconds,

        @Required
        @Min(0)
        @Max(1)
        @JsonPropertyDescription("Part of it that more make jobs do not shorten, by Amdahl's law.")
        Double serial,

        @Required
        @Min(0)
        @Max(10)
        @JsonPropertyDescription("Standard deviation of the logarithm of a build's time, as the two above predict it.")
        Double spread,

        @Required
        @Min(1)
        @Max(BuildProfileStatus.MOST_RECENT)
        @JsonPropertyDescription("Recent builds that succeeded and whose CPU time was measured.")
        Integer runs) {}

package dev.smartdispatcher.api.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;

/** The memory that recent builds used, as base + N x perProcess; none of them used more. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LearnedMemory(
        @Required @JsonPropertyDescription("Memory (bytes) whatever N is, before the margin.")
        Quantity base,

        @Required @JsonPropertyDescription("Further memory (bytes) for each make job, before the margin.")
        Quantity perProcess,

        @Required
        @Min(1)
        @Max(2)
        @JsonPropertyDescription("Factor by which a build gets more than that: less the more builds succeeded.")
        Double margin,

        @Required
        @Min(0)
        @Max(BuildProfileStatus.MOST_RECENT)
        @JsonPropertyDescription("Recent builds that succeeded and whose memory was measured.")
        Integer runs) {}

package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** How fast a worker does a fixed amount of the work that builds are made of; 100 is the reference machine's one thread. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SpeedIndex(
        @Required @Min(1) @Max(Bounds.SPEED) @JsonPropertyDescription("One thread; 100 is the reference.")
        Integer single,

        @Required
        @Min(1)
        @Max(Bounds.SPEED)
        @JsonPropertyDescription("All threads together; 100 is the reference's one thread.")
        Integer all) {}

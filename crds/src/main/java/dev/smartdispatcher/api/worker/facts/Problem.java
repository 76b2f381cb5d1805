package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Sentence;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A fact that could not be found out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Required @JsonPropertyDescription("Name of the probe.")
        String probe,

        @Required @Size(max = Sentence.LONGEST) @JsonPropertyDescription("Why, as a sentence.")
        String message) {

    public Problem {
        message = Sentence.of(message);
    }
}

package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.Sentence;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What keeps, or kept, an attempt's build from starting. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Obstacle(
        @Required @JsonPropertyDescription("Why, as one word.")
        Reason reason,

        @Size(max = 1024) @JsonPropertyDescription("The image, claim, Secret or ConfigMap that is missing, if one is.")
        String object,

        @Size(max = Sentence.LONGEST) @JsonPropertyDescription("Why, in the words of the kubelet or kube-scheduler.")
        String message) {

    public Obstacle {
        message = Sentence.of(message);
    }
}

package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.Sentence;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** Why a job waits and what would make it start; absent once it is allocated. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Waiting(
        @Required @JsonPropertyDescription("Why, as one word.")
        Reason reason,

        @Required
        @Size(max = Sentence.LONGEST)
        @JsonPropertyDescription("Why, with the workers counted by reason and the nearest miss.")
        String message,

        @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription(
                "Place among the waiting jobs of the namespace when this was written, from 1; between namespaces there"
                        + " is no order that lasts.")
        Integer position,

        @JsonPropertyDescription("Worker on which room is kept for the job.")
        String reservedWorker,

        @JsonPropertyDescription(
                "When the job is expected to start (RFC 3339), if all that is ahead of it takes the time that it"
                        + " states; absent where that is not known.")
        Instant estimatedStart) {

    public Waiting {
        message = Sentence.of(message);
    }

    /** For this reason, without a place in the queue. */
    public static Waiting of(Reason reason, String message) {
        return new Waiting(reason, message, null, null, null);
    }

    /** Whether nothing but the place in the queue and the estimate differs. */
    public boolean saysTheSameAs(Waiting other) {
        return other != null
                && reason == other.reason
                && java.util.Objects.equals(message, other.message)
                && java.util.Objects.equals(reservedWorker, other.reservedWorker);
    }
}

package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;

/** The job that room is kept for on a worker, until it starts: others start there only where they cannot delay it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReservedFor(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Namespace of the BuildJob.")
        String namespace,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the BuildJob.")
        String name,

        @Required @JsonPropertyDescription("CPU (cores) that the job needs at its smallest N.")
        Quantity cpu,

        @Required @JsonPropertyDescription("Memory (bytes) that it needs then.")
        Quantity memory,

        @Required @JsonPropertyDescription("Disk (bytes) that it needs.")
        Quantity disk,

        @Required @JsonPropertyDescription("Since when room is kept for it here (RFC 3339).")
        Instant since,

        @JsonPropertyDescription("When enough is expected to be free (RFC 3339), where that can be known.")
        Instant estimatedStart) {

    /** Whether room is kept for the same job, as much of it. */
    public boolean isAs(ReservedFor other) {
        return with(null, null).equals(other.with(null, null));
    }

    /** The same with other times. */
    public ReservedFor with(Instant newSince, Instant newStart) {
        return new ReservedFor(namespace, name, cpu, memory, disk, newSince, newStart);
    }
}

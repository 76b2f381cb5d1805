package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where a volume is seen in the container. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobVolumeMount(
        @Required @Size(min = 1, max = 50) @JsonPropertyDescription("Name of a volume of this job.")
        String name,

        @Required
        @Size(min = 2, max = 1024)
        @Pattern("^/.+")
        @JsonPropertyDescription("Absolute path in the container.")
        String mountPath,

        @Size(max = 1024) @JsonPropertyDescription("Path in the volume to mount; empty: its root.")
        String subPath,

        @JsonPropertyDescription("Mount it read-only.") Boolean readOnly) {}

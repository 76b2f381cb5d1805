package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a volume is seen in the container. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobVolumeMount(
        @Required @Size(min = 1, max = 50) @JsonPropertyDescription("Name of a volume of this job.")
        String name,

        @Required
        @Size(min = 2, max = 1024)
        @Pattern("^/.+")
        @ValidationRule(
                value = "!(self + '/').matches('" + JobVolumeMount.TAKEN + "')",
                message = JobVolumeMount.NOT_TAKEN)
        @JsonPropertyDescription("Absolute path in the container.")
        String mountPath,

        @Size(max = 1024) @JsonPropertyDescription("Path in the volume to mount; empty: its root.")
        String subPath,

        @JsonPropertyDescription("Mount it read-only.") Boolean readOnly) {

    /**
     * What a path and a slash must not match, by RE2 and by Java alike: a way around by another spelling; at and below what is
     * the operator's; and what such a mount would be above, or beside. {@code /var/run} is {@code /run} in most images.
     */
    public static final String TAKEN = "/[.]{1,2}/|//[^/]|///"
            + "|^/(smart-dispatcher|(var/)?run/smart-dispatcher|dev/termination-log)/"
            + "|^/((var/)?run|dev|build|tmp)//?$";

    public static final String NOT_TAKEN =
            "mountPath must have no empty part and no part '.' or '..', must not be /build, /tmp,"
                    + " /run, /var/run or /dev, and not be at or below /smart-dispatcher, /run/smart-dispatcher or"
                    + " /dev/termination-log: the operator mounts its own there";
}

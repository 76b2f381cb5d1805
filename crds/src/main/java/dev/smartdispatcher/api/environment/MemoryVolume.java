package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.job.JobVolumeMount;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** A directory in memory. What is in it counts as memory of the build. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "string(self.size)" + QuantityForm.CEL_POSITIVE,
        message = MemoryVolume.SIZE,
        fieldPath = ".size")
public record MemoryVolume(
        @Required
        @Size(min = 2, max = 1024)
        @Pattern("^/.+")
        @ValidationRule(
                value = "self == '/tmp' || !(self + '/').matches('" + JobVolumeMount.TAKEN + "')",
                message = MemoryVolume.NOT_TAKEN)
        @JsonPropertyDescription("Absolute path in the container; /tmp is then in memory.")
        String path,

        @Required @JsonPropertyDescription("Largest size (bytes, a quantity).")
        Quantity size) {
    public static final String SIZE = "tmpfs.size must be positive";
    public static final String NOT_TAKEN =
            "tmpfs.path must be /tmp, or a path that a job's mountPath may be: without an"
                    + " empty part and the parts '.' and '..', not /build, /run, /var/run or /dev, and not at or below"
                    + " /smart-dispatcher, /run/smart-dispatcher or /dev/termination-log";
}

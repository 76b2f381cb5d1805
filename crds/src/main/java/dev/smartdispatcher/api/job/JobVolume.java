package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.ObjectReference;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** A volume of the worker pod; exactly one source is set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(has(self.persistentVolumeClaim) ? 1 : 0) + (has(self.configMap) ? 1 : 0) + (has(self.secret) ? 1 : 0)"
                + " + (has(self.emptyDir) ? 1 : 0) == 1",
        message = JobVolume.ONE_SOURCE)
public record JobVolume(
        @Required
        @Size(min = 1, max = 50)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of the volume, for volumeMounts.")
        String name,

        @JsonPropertyDescription("A claim of the job's namespace.")
        Claim persistentVolumeClaim,

        @JsonPropertyDescription("A ConfigMap of the job's namespace.")
        ObjectReference configMap,

        @JsonPropertyDescription("A Secret of the job's namespace.")
        ObjectReference secret,

        @JsonPropertyDescription("An empty directory that goes with the pod.")
        EmptyDir emptyDir) {
    public static final String ONE_SOURCE =
            "exactly one of persistentVolumeClaim, configMap, secret and emptyDir must be set";
    /** Before the names of the claims in which the operator keeps caches. A build that wrote there would give others what it likes. */
    public static final String CACHES = "smart-dispatcher-cache-";

    public static final String NO_CACHE = "claimName must not begin with " + CACHES + ": a cache is the operator's";
    public static final String NOT_NEGATIVE = "emptyDir.sizeLimit must not be negative";

    /** A PersistentVolumeClaim as a volume. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Claim(
            @Required
            @Size(min = 1, max = 253)
            @ValidationRule(value = "!self.startsWith('" + JobVolume.CACHES + "')", message = JobVolume.NO_CACHE)
            @JsonPropertyDescription("Name of the claim.")
            String claimName,

            @JsonPropertyDescription("Mount it read-only.") Boolean readOnly) {}

    /** An empty directory as a volume. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record EmptyDir(
            @Min(0)
            @Pattern(QuantityForm.NOT_NEGATIVE)
            @JsonPropertyDescription("Largest size (bytes, a quantity); 0: none.")
            Quantity sizeLimit) {}
}

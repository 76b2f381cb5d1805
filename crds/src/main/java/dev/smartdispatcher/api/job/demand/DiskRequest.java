package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** Scratch disk of a build. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.size) || string(self.size)" + QuantityForm.CEL_POSITIVE,
        message = DiskRequest.POSITIVE)
public record DiskRequest(
        @JsonPropertyDescription("Disk (bytes, a quantity) for the working directory and temporary files.")
        Quantity size,

        @Size(max = 253)
        @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$")
        @JsonPropertyDescription(
                "StorageClass of a volume for the working directory, which comes and goes with the pod. Empty: the"
                        + " worker's own disk. Default: the policy's.")
        String storageClassName) {
    public static final String POSITIVE = "disk.size must be positive";
}

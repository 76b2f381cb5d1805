package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** Scratch disk of a build. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.size) || quantity(string(self.size)).isGreaterThan(quantity('0'))",
        message = DiskRequest.POSITIVE)
public record DiskRequest(
        @JsonPropertyDescription("Disk (bytes, a quantity) for the working directory and temporary files.")
        Quantity size) {
    public static final String POSITIVE = "disk.size must be positive";
}

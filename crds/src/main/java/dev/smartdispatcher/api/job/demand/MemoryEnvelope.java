package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** Memory of a build as a function of N: base + N × perProcess. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(!has(self.base) || string(self.base)" + QuantityForm.CEL_POSITIVE + ")"
                + " && (!has(self.perProcess) || !string(self.perProcess)" + QuantityForm.CEL_NEGATIVE + ")",
        message = MemoryEnvelope.POSITIVE)
public record MemoryEnvelope(
        @JsonPropertyDescription("Memory (bytes, a quantity) that the build needs whatever N is.")
        Quantity base,

        @JsonPropertyDescription("Further memory (bytes, a quantity) for each of N make jobs.")
        Quantity perProcess) {
    public static final String POSITIVE = "memory.base must be positive and memory.perProcess must not be negative";
}

package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** What builds of one namespace keep on a worker for those that come after them, each namespace in a claim of its own. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "string(self.size)" + QuantityForm.CEL_POSITIVE,
        message = WorkerCache.POSITIVE,
        fieldPath = ".size")
public record WorkerCache(
        @Required
        @JsonPropertyDescription(
                "Size (bytes, a quantity) of the claim of each namespace. Claims count as disk of the worker, and together"
                        + " take no more than half of it: further namespaces have no cache here.")
        Quantity size,

        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        @JsonPropertyDescription("StorageClass of the claims: one with volumes on the worker itself.")
        String storageClassName) {
    public static final String POSITIVE = "cache.size must be positive";
}

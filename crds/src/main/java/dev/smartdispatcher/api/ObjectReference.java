package dev.smartdispatcher.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Another object of the same namespace, by name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ObjectReference(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the object.")
        String name) {}

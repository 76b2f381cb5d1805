package dev.smartdispatcher.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An environment variable of the build. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvVariable(
        @Required
        @Size(min = 1, max = 256)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @JsonPropertyDescription("Name of the variable.")
        String name,

        @Size(max = 32768) @JsonPropertyDescription("Value of the variable; empty if left out.")
        String value) {}

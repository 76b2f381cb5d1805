package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.generator.annotation.Required;

/** An architecture that a worker can build, and how. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Target(
        @Required @JsonPropertyDescription("Architecture, by its RPM/uname name.")
        String arch,

        @Required @JsonPropertyDescription("Native, Compat or Emulated; Cross follows from environments.")
        Mode mode) {}

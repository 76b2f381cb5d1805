package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The package lists of the last attempt: those of its (hostArch, targetArch, mode). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PackagesStatus(
        @Required @JsonPropertyDescription("SHA-256 of the lists, as sha256:HEX.")
        String digest,

        @Required @JsonPropertyDescription("Name of the ConfigMap that holds the lists.")
        String configMap,

        @Required @JsonPropertyDescription("The lists in a sentence.")
        String summary) {}

package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What the last attempt gets from its environment, for its (hostArch, targetArch, mode): the package lists and more. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PackagesStatus(
        @Required @JsonPropertyDescription("SHA-256 of the lists, as sha256:HEX.")
        String digest,

        @Required
        @JsonPropertyDescription(
                "Name of the ConfigMap that holds the lists, and in the file trace which rule put each name there.")
        String configMap,

        @Required @JsonPropertyDescription("The lists in a sentence.")
        String summary,

        @JsonPropertyDescription(
                "SHA-256 of all that the attempt's pod gets from the BuildEnvironment (lists, image, env,"
                        + " command), as sha256:HEX. The pod carries it as the annotation smartdispatcher.dev/plan.")
        String plan) {}

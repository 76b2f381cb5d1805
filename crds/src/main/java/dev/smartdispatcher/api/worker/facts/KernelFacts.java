package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The kernel of a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KernelFacts(
        @JsonPropertyDescription("Version without the flavour, as 6.1.0-18.")
        String version,

        @JsonPropertyDescription("Flavour, as amd64; absent if the release has none.")
        String flavor) {}

package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** The kernels that a build accepts; versions are compared as RPM compares versions, both ends included. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KernelRange(
        @Size(max = 64)
        @Pattern("^([0-9][A-Za-z0-9.~^_-]*)?$")
        @JsonPropertyDescription("Oldest kernel version; empty: any.")
        String minVersion,

        @Size(max = 64)
        @Pattern("^([0-9][A-Za-z0-9.~^_-]*)?$")
        @JsonPropertyDescription("Newest kernel version; empty: any.")
        String maxVersion,

        @Size(max = 64) @JsonPropertyDescription("Flavour of the kernel, as amd64 or default; empty: any.")
        String flavor) {}

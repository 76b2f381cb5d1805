package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** What a tenant has had of the farm, of which half is forgotten each half-life; kept here, so that a restart forgets nothing. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TenantUsage(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the namespace.")
        String name,

        @Required
        @Min(0)
        @Max(Bounds.COUNT)
        @JsonPropertyDescription("Usage (CPU seconds), decayed by the half-life up to asOf.")
        Long usage,

        @Required @JsonPropertyDescription("When the usage was this (RFC 3339).")
        Instant asOf) {}

package dev.smartdispatcher.api.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** What was learned from past builds, and the builds it was learned from. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record BuildProfileStatus(
        @JsonProperty("package") @Size(max = 253) @JsonPropertyDescription("The package, as jobs name it.")
        String packageName,

        @Size(max = 16) @JsonPropertyDescription("Architecture of the workers that built it.")
        String hostArch,

        @Size(max = 16) @JsonPropertyDescription("Architecture it was built for.")
        String targetArch,

        @Min(0) @Max(Bounds.COUNT) @JsonPropertyDescription("Number of builds learned from since the profile began.")
        Long runs,

        @JsonPropertyDescription("When the newest of them ended (RFC 3339).")
        Instant asOf,

        @JsonPropertyDescription("Memory as a function of N. Absent until it is known.")
        LearnedMemory memory,

        @JsonPropertyDescription("Largest disk (bytes) that a recent build used, before the margin.")
        Quantity disk,

        @JsonPropertyDescription("How much work a build is. Absent until one has succeeded.")
        LearnedWork work,

        @Min(0) @Max(1) @JsonPropertyDescription("Share of builds whose command failed; the newest count most.")
        Double failureRate,

        @Size(max = BuildProfileStatus.MOST_RECENT)
        @JsonPropertyDescription("The builds that the profile is made of, a line each, oldest first.")
        List<@Size(max = 256) String> recent)
        implements BuildProfileStatusBuilder.With {
    /** The builds that a profile remembers: the older ones count no longer. */
    public static final int MOST_RECENT = 32;

    /** Of a profile that has learned nothing. */
    public static final BuildProfileStatus EMPTY =
            BuildProfileStatusBuilder.builder().build();

    public BuildProfileStatus {
        recent = recent == null ? List.of() : List.copyOf(recent);
    }
}

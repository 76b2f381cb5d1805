package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much longer a build takes in a mode than natively, in percent of the native time. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModePenalty(
        @JsonProperty("Native") @Min(1) @Max(100_000) @Default("100") @JsonPropertyDescription("Native, in percent.")
        Integer nativePercent,

        @JsonProperty("Compat") @Min(1) @Max(100_000) @Default("100") @JsonPropertyDescription("Compat, in percent.")
        Integer compatPercent,

        @JsonProperty("Cross") @Min(1) @Max(100_000) @Default("110") @JsonPropertyDescription("Cross, in percent.")
        Integer crossPercent,

        @JsonProperty("Emulated")
        @Min(1)
        @Max(100_000)
        @Default("800")
        @JsonPropertyDescription("Emulated, in percent.")
        Integer emulatedPercent) {
    public static final ModePenalty STANDARD = new ModePenalty(null, null, null, null);

    public ModePenalty {
        nativePercent = nativePercent == null ? Integer.valueOf(100) : nativePercent;
        compatPercent = compatPercent == null ? Integer.valueOf(100) : compatPercent;
        crossPercent = crossPercent == null ? Integer.valueOf(110) : crossPercent;
        emulatedPercent = emulatedPercent == null ? Integer.valueOf(800) : emulatedPercent;
    }

    /** The penalty of a mode, in percent of the native time. */
    public int of(Mode mode) {
        return switch (mode) {
            case Native -> nativePercent;
            case Compat -> compatPercent;
            case Cross -> crossPercent;
            case Emulated -> emulatedPercent;
        };
    }
}

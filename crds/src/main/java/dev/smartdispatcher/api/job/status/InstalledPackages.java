package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What was installed for an attempt before its command ran. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InstalledPackages(
        @Required @Min(0) @Max(InstalledPackages.MOST) @JsonPropertyDescription("Number of packages.")
        Integer count,

        @Required
        @Size(max = 71)
        @Pattern(InstalledPackages.DIGEST)
        @JsonPropertyDescription("SHA-256 of the list of names, versions and architectures, as sha256:HEX.")
        String digest,

        @Required
        @JsonPropertyDescription(
                "Hit: the root was taken from the worker's cache. Filled: it was put there. None: there is no cache.")
        CacheUse cache,

        @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Time that it took (seconds).")
        Integer seconds) {
    /** Far more than any distribution has. */
    public static final int MOST = 1_000_000;

    public static final String DIGEST = "^sha256:[0-9a-f]{64}$";

    /** What became of a prepared root. */
    public enum CacheUse {
        Hit,
        Filled,
        None
    }
}

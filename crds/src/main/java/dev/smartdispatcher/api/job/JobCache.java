package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What builds of a package keep on a worker for the next one of the same namespace and target. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobCache(
        @Required
        @Size(min = 2, max = 1024)
        @Pattern("^/.+")
        @ValidationRule(value = "!(self + '/').matches('" + JobVolumeMount.TAKEN + "')", message = JobCache.NOT_TAKEN)
        @JsonPropertyDescription(
                "Absolute path in the container, as of ccache's directory, exported as BUILD_CACHE. Where the worker has no"
                        + " cache for the namespace, an empty directory on the build's scratch disk.")
        String path) {
    public static final String NOT_TAKEN =
            "cache.path must be a path that a mountPath may be: without an empty part and the parts '.' and '..', not /build,"
                    + " /tmp, /run, /var/run or /dev, and not at or below /smart-dispatcher, /run/smart-dispatcher or"
                    + " /dev/termination-log";
}

package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The kernels that a build accepts; versions are compared as RPM compares versions, both ends included. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = KernelRange.CEL_ORDERED, message = KernelRange.ORDERED, fieldPath = ".maxVersion")
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
        String flavor) {
    public static final String ORDERED = "kernel.maxVersion must not be older than kernel.minVersion";
    /** As many as a version has characters. */
    private static final String ZEROS = "'0000000000000000000000000000000000000000000000000000000000000000'";
    /**
     * What follows a version's name turns it into a text that sorts as RPM sorts versions: a digit for the kind of each
     * segment, then numbers at one width and words with an end, and a digit for the end of all.
     */
    private static final String SORTABLE =
            ".findAll('[0-9]+|[A-Za-z]+|[~^]').map(t, t == '~' ? '0' : t == '^' ? '2' : t.matches('^[0-9]') ? '4' + "
                    + ZEROS + ".substring(size(t)) + t : '3' + t + '.').join('') + '1'";

    static final String CEL_ORDERED = "!has(self.minVersion) || !has(self.maxVersion) || self.minVersion == '' ||"
            + " self.maxVersion == '' || self.minVersion" + SORTABLE + " <= self.maxVersion" + SORTABLE;
}

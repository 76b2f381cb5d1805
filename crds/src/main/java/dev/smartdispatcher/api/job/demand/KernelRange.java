package dev.smartdispatcher.api.job.demand;

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
    /** What the API server compares: up to four numbers of up to four digits. The operator compares the others too. */
    private static final String NUMBERS = ".matches('^[0-9]{1,4}([._-][0-9]{1,4}){0,3}$')";
    /** What follows such a version turns it into one number: its numbers at base 20,000, each plus 1, and 0 for none. */
    private static final String AS_ONE = ".replace('-', '.').replace('_', '.').split('.')]"
            + ".map(n, (int(n[0]) + 1) * 8000000000000 + (size(n) > 1 ? int(n[1]) + 1 : 0) * 400000000"
            + " + (size(n) > 2 ? int(n[2]) + 1 : 0) * 20000 + (size(n) > 3 ? int(n[3]) + 1 : 0))[0]";

    static final String CEL_ORDERED = "!has(self.minVersion) || !has(self.maxVersion) || !self.minVersion" + NUMBERS
            + " || !self.maxVersion" + NUMBERS + " || [self.minVersion" + AS_ONE + " <= [self.maxVersion" + AS_ONE;
}

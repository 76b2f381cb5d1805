package dev.smartdispatcher.api;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names of counted resources: licences and other things of which the farm has a number, and that no device plugin counts. The
 * policy says how many there are, a job how many it needs, and an allocation how many it holds.
 */
public final class CountedNames {
    /** Different ones that one job needs at most. */
    public static final int MOST_OF_JOB = 16;
    /** Different ones that the policy has at most. */
    public static final int MOST = 64;
    /** Units of one. */
    public static final int MOST_UNITS = 1_000_000;

    /** Characters of a name at most. */
    private static final int LONGEST = 63;

    public static final String RULE = "counted must have names of 1 to 63 characters";
    /** A pattern would cost too much for keys, whose length no schema bounds. */
    public static final String CEL =
            "!has(self.counted) || self.counted.all(k, size(k) > 0 && size(k) <= " + LONGEST + ")";

    private CountedNames() {}

    /** Whether all names are right. */
    public static boolean areValid(Map<String, Integer> counted) {
        return counted.keySet().stream()
                .mapToInt(name -> name.codePointCount(0, name.length()))
                .allMatch(length -> length > 0 && length <= LONGEST);
    }

    /** In the order of their names; nothing for null. */
    public static SortedMap<String, Integer> copy(Map<String, Integer> counted) {
        return counted == null ? new TreeMap<>() : new TreeMap<>(counted);
    }
}

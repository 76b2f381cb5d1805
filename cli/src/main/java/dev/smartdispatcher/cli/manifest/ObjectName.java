package dev.smartdispatcher.cli.manifest;

import dev.smartdispatcher.api.job.BuildJob;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of Kubernetes objects, made from other systems' names. */
public final class ObjectName {
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern ENDS = Pattern.compile("^-+|-+$");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    /** Characters of a name: what a job's may have. */
    public static final int MOST = BuildJob.LONGEST_NAME;

    private ObjectName() {}

    /**
     * The name in lower case with dashes for all that an object's name cannot have, as {@code libstdc-v3} for
     * {@code libstdc++_v3}; cut to what a job's name may have. Empty if nothing is left.
     */
    public static String of(String name) {
        var dashed = OTHERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
        var trimmed = ENDS.matcher(dashed).replaceAll("");
        var cut = trimmed.substring(0, Math.min(trimmed.length(), MOST));
        return ENDS.matcher(cut).replaceAll("");
    }

    /** Whether an object can have this name. */
    public static boolean isOne(String name) {
        return name.length() <= MOST && NAME.matcher(name).matches();
    }

    /** What is wrong with a name that is none, as the value of an option. */
    public static String complaint(String option, String name) {
        return option + " '" + name + "' is not the name of an object: lower-case letters, digits and dashes, at most "
                + MOST;
    }
}

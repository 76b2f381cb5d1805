package dev.smartdispatcher.operator.packages;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A plan's lists as the files that a build finds in {@code BUILD_LISTS}: one name a line, sorted; an empty list is an
 * empty file. Beside them {@code prjconf}, a project-config fragment for obs-build, in which {@code preinstall} is
 * Preinstall, {@code install} is Required, {@code noInstall} is Ignore (nothing pulls it in), and {@code remove} takes the
 * name out of what an earlier config said.
 */
public final class ListFiles {
    private ListFiles() {}

    /** The files, by name. */
    public static SortedMap<String, String> of(PackagePlan plan) {
        var files = new TreeMap<String, String>();
        files.put("preinstall", lines(plan.preinstall()));
        files.put("install", lines(plan.install()));
        files.put("no-install", lines(plan.noInstall()));
        files.put("remove", lines(plan.remove()));
        files.put("prjconf", prjconf(plan));
        return files;
    }

    private static String lines(Collection<String> names) {
        return names.stream().map(n -> n + "\n").collect(Collectors.joining());
    }

    private static String prjconf(PackagePlan plan) {
        return keyword("Preinstall", "", plan.preinstall())
                + keyword("Required", "", plan.install())
                + keyword("Ignore", "", plan.noInstall())
                + keyword("Preinstall", "!", plan.remove())
                + keyword("Required", "!", plan.remove())
                + keyword("Support", "!", plan.remove());
    }

    private static String keyword(String keyword, String prefix, Collection<String> names) {
        return names.isEmpty()
                ? ""
                : keyword + ": " + names.stream().map(n -> prefix + n).collect(Collectors.joining(" ")) + "\n";
    }
}

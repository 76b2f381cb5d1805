package dev.smartdispatcher.operator.packages;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A plan's lists as the files that a build finds in {@code BUILD_LISTS}: one name a line, in order; an empty list is an empty
 * file. Beside them:
 * <ul>
 * <li>{@code prjconf}, a project-config fragment for obs-build, in which {@code preinstall} is Preinstall, {@code install} is
 * Required, and {@code remove} takes the name out of what an earlier config said;
 * <li>{@code rpmlist-tail}, lines for the end of obs-build's rpmlist: {@code noinstall:}, for which a config has no keyword;
 * <li>{@code trace}, which rule put each name in, took it out or kept it from reinstall.
 * </ul>
 * The names of compressed files end with {@code .gz}.
 */
final class ListFiles {
    private ListFiles() {}

    static SortedMap<String, ListFile> of(PlannedLists lists) {
        var files = new TreeMap<String, ListFile>();
        put(files, "preinstall", lines(lists.preinstall()));
        put(files, "install", lines(lists.install()));
        put(files, "no-install", lines(lists.noInstall()));
        put(files, "remove", lines(lists.remove()));
        put(files, "prjconf", prjconf(lists));
        put(files, "rpmlist-tail", keyword("noinstall", "", lists.noInstall()));
        put(files, "trace", lists.trace());
        return files;
    }

    private static void put(SortedMap<String, ListFile> files, String name, String text) {
        var file = ListFile.of(text);
        files.put(file.compressed() ? name + ListFile.SUFFIX : name, file);
    }

    private static String lines(Collection<String> names) {
        return names.stream().map(n -> n + "\n").collect(Collectors.joining());
    }

    private static String prjconf(PlannedLists lists) {
        return keyword("Preinstall", "", lists.preinstall())
                + keyword("Required", "", lists.install())
                + keyword("Preinstall", "!", lists.remove())
                + keyword("Required", "!", lists.remove())
                + keyword("Support", "!", lists.remove());
    }

    private static String keyword(String keyword, String prefix, Collection<String> names) {
        return names.isEmpty()
                ? ""
                : keyword + ": " + names.stream().map(n -> prefix + n).collect(Collectors.joining(" ")) + "\n";
    }
}

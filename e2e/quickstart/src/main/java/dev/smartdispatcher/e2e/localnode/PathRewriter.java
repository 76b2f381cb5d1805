package dev.smartdispatcher.e2e.localnode;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for a mount namespace: replaces the paths at which a pod mounts its volumes by the directories that hold them,
 * wherever such a path begins a word. What a program has compiled in it cannot reach.
 */
final class PathRewriter {
    private final Map<String, Path> mounts;
    private final Pattern paths;

    PathRewriter(Map<String, Path> mounts) {
        this.mounts = Map.copyOf(mounts);
        // One pattern for all, so that nothing is replaced in what was put in; longer paths may lie below shorter ones.
        var any = mounts.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        paths = Pattern.compile("(?<![\\w./-])(" + any + ")(?=/|[\\s\"':;,)]|$)");
    }

    String rewrite(String text) {
        return mounts.isEmpty()
                ? text
                : paths.matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(
                                mounts.get(match.group(1)).toString()));
    }
}

package dev.smartdispatcher.e2e.localnode;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for a mount namespace: replaces the paths at which a pod mounts its volumes by the directories that hold them,
 * wherever such a path begins a word. What a program has compiled in it cannot reach.
 */
final class PathRewriter {
    private final Map<Pattern, String> replacements = new LinkedHashMap<>();

    /** Longer mount paths go first, since they may lie below shorter ones. */
    PathRewriter(Map<String, Path> mounts) {
        mounts.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<String, Path> e) -> -e.getKey().length()))
                .forEach(e -> replacements.put(
                        Pattern.compile("(?<![\\w./-])" + Pattern.quote(e.getKey()) + "(?=/|[\\s\"':;,)]|$)"),
                        Matcher.quoteReplacement(e.getValue().toString())));
    }

    String rewrite(String text) {
        var rewritten = text;
        for (var replacement : replacements.entrySet()) {
            rewritten = replacement.getKey().matcher(rewritten).replaceAll(replacement.getValue());
        }
        return rewritten;
    }
}

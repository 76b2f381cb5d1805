package dev.smartdispatcher.cli.prjconf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a directive is not in a BuildEnvironment, by its keyword. */
final class Reasons {
    private static final Map<String, String> REASONS = reasons(Map.of(
            "for resolving dependencies; an environment lists packages",
            List.of("keep", "prefer", "ignore", "conflict", "fileprovides", "expandflags", "ignorerebuild"),
            "the installer orders packages by what they require",
            List.of("order"),
            "the installer decides whose scripts run",
            List.of("runscripts"),
            "a matter of jobs; import-constraints makes them of a _constraints file",
            List.of("constraint"),
            "macros for recipes; give them to the build",
            List.of("macros", "distmacro", "optflags", "release", "releaseprg", "releasesuffix", "cicntstart"),
            "a matter of the build tool",
            List.of("type", "binarytype", "buildengine", "buildflags", "target", "changetarget"),
            "a matter of repositories and publishing",
            List.of(
                    "repotype",
                    "patterntype",
                    "exportfilter",
                    "publishfilter",
                    "publishflags",
                    "singleexport",
                    "repourl",
                    "registryurl",
                    "assetsurl"),
            "where the config begins does not matter here",
            List.of("fromscratch")));

    private Reasons() {}

    /** The reason; none for a keyword that project configs do not have. */
    static Optional<String> of(String keyword) {
        return Optional.ofNullable(REASONS.get(keyword));
    }

    private static Map<String, String> reasons(Map<String, List<String>> keywords) {
        var reasons = new HashMap<String, String>();
        keywords.forEach((reason, words) -> words.forEach(word -> reasons.put(word, reason)));
        return reasons;
    }
}

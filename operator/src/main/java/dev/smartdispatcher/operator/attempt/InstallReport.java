package dev.smartdispatcher.operator.attempt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.api.job.status.InstalledPackages;
import dev.smartdispatcher.api.job.status.InstalledPackages.CacheUse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the installer wrote, as {@code install.sh} describes it: what it installed, or what went wrong. Whoever runs in the container
 * can write it too: what cannot be is left out.
 *
 * @param installed number of packages in the root
 * @param digest of the list of them
 * @param cache hit, filled or none
 * @param problem a sentence that names the package; null if there was none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record InstallReport(Long installed, String digest, String cache, Double seconds, String problem) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DIGEST = Pattern.compile(InstalledPackages.DIGEST);

    static Optional<InstallReport> parse(String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(text, InstallReport.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Why the packages could not be installed; empty if they were. */
    Optional<String> failure() {
        return Optional.ofNullable(problem).map(String::strip).filter(words -> !words.isEmpty());
    }

    /** What was installed; empty if that is not known, or cannot be. */
    Optional<InstalledPackages> packages() {
        if (installed == null
                || installed < 0
                || installed > InstalledPackages.MOST
                || digest == null
                || !DIGEST.matcher(digest).matches()) {
            return Optional.empty();
        }
        return Optional.of(new InstalledPackages(installed.intValue(), digest, use(), wholeSeconds()));
    }

    private CacheUse use() {
        return switch (cache == null ? "" : cache) {
            case "hit" -> CacheUse.Hit;
            case "filled" -> CacheUse.Filled;
            default -> CacheUse.None;
        };
    }

    private Integer wholeSeconds() {
        return seconds == null || !(seconds >= 0) || seconds > Integer.MAX_VALUE ? null : (int) Math.round(seconds);
    }
}

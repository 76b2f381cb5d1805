package dev.smartdispatcher.operator.attempt;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is left of an attempt that ended.
 *
 * @param inClaim whether its log or results are in the job's claim
 * @param lastLines of a command that failed: the end of its output
 */
public record AttemptOutput(boolean inClaim, Optional<String> lastLines) {
    /** Nothing that is known of. */
    static final AttemptOutput NOTHING = new AttemptOutput(false, Optional.empty());

    /** As the entry reports. Whatever ran in the container may have written it: the text is one that every reader takes. */
    static AttemptOutput of(TerminationMessage entry) {
        var text = Optional.ofNullable(entry.lastLines())
                .map(AttemptOutput::text)
                .filter(lines -> entry.exitCode() != 0 && !lines.isBlank());
        return new AttemptOutput(entry.keptAnything(), text);
    }

    private static String text(String lines) {
        // Half a surrogate pair becomes a question mark; of control characters only those that lay out a text stay.
        return new String(lines.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "")
                .stripTrailing();
    }
}

package dev.smartdispatcher.operator.scheduler.fairshare;

import dev.smartdispatcher.api.Reason;
import java.util.Optional;

/**
 * A tenant whose namespace refuses what its jobs need, or did a moment ago: few of them may start, to find out whether it still
 * does.
 *
 * @param published why the others wait; empty if they get the same reason as without a hold
 * @param allowance jobs that may start now
 */
public record NamespaceHold(Optional<Published> published, int allowance) {
    /** The namespace refuses nothing. */
    public static final NamespaceHold NONE = new NamespaceHold(Optional.empty(), Integer.MAX_VALUE);

    /** A reason in one word and in a sentence. */
    public record Published(Reason reason, String message) {}
}

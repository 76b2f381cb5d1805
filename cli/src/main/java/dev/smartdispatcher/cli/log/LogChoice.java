package dev.smartdispatcher.cli.log;

import dev.smartdispatcher.api.job.status.Attempt;
import java.util.Optional;

/**
 * Which part of a job's logs.
 *
 * @param attempt only of this one
 * @param container only of this one: build, or prepare, which installs packages. Default: where the attempt ended
 * @param tail only so many lines at the end of each attempt's
 */
public record LogChoice(Optional<Integer> attempt, Optional<String> container, Optional<Integer> tail) {
    /** All of it. */
    public static final LogChoice ALL = new LogChoice(Optional.empty(), Optional.empty(), Optional.empty());

    boolean takes(Attempt candidate) {
        return attempt.isEmpty() || attempt.get().equals(candidate.number());
    }
}

package dev.smartdispatcher.operator.profile;

import java.util.Arrays;
import java.util.Optional;

/** How a build ended, as far as it teaches something. */
public enum RunResult {
    OK("ok"),
    /** The command failed, or did not end in time. */
    FAILED("failed"),
    OUT_OF_MEMORY("oom"),
    OUT_OF_DISK("disk");

    private final String word;

    RunResult(String word) {
        this.word = word;
    }

    /** As a profile's lines have it. */
    String word() {
        return word;
    }

    static Optional<RunResult> of(String word) {
        return Arrays.stream(values()).filter(r -> r.word.equals(word)).findFirst();
    }
}

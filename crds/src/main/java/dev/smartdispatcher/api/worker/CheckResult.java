package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.Excerpt;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a WorkerCheck on a worker: the last run that came to an end, some before it, and why it does not run if it does
 * not.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record CheckResult(
        @Required @Size(min = 1, max = CheckResult.LONGEST_NAME) @JsonPropertyDescription("Name of the WorkerCheck.")
        String name,

        @JsonPropertyDescription("Whether the worker passed; absent if no run has ended yet.")
        Boolean passed,

        @Min(0) @Max(255) @JsonPropertyDescription("The script's exit code; absent if it was stopped.")
        Integer exitCode,

        @Size(max = CheckResult.LONGEST_MESSAGE)
        @JsonPropertyDescription("Why it failed, or what it printed beside its attributes.")
        String message,

        @Size(max = CheckResult.MOST_ATTRIBUTES)
        @JsonPropertyDescription("What it printed as key=value; each is the fact check.NAME.KEY of the worker.")
        Map<String, @Size(max = 63) String> attributes,

        @JsonPropertyDescription("When the run ended (RFC 3339).")
        Instant time,

        @JsonPropertyDescription("Until when the result counts (RFC 3339).")
        Instant expires,

        @Min(0)
        @Max(Bounds.COUNT)
        @JsonPropertyDescription("Number of the last run; it is in the name of the run's pod.")
        Long round,

        @Min(0) @Max(Bounds.COUNT) @JsonPropertyDescription("Generation of the WorkerCheck that was run.")
        Long checkGeneration,

        @Size(max = 128) @JsonPropertyDescription("UID of the WorkerCheck that was run.")
        String checkUid,

        @Size(max = CheckResult.LONGEST_BOOT)
        @JsonPropertyDescription("Boot ID and UID of the Node it ran on: with others, the result does not count.")
        String boot,

        @Size(max = CheckResult.MOST_RUNS) @JsonPropertyDescription("The last runs, the latest first.")
        List<CheckRun> history,

        @JsonPropertyDescription("Since when it could not be run, and why; absent while it can.")
        CheckNotRun notRun)
        implements CheckResultBuilder.With {
    public static final int LONGEST_NAME = 63;
    /** In characters; a message is ASCII. */
    public static final int LONGEST_MESSAGE = 256;

    public static final int LONGEST_BOOT = 256;
    public static final int MOST_ATTRIBUTES = 32;
    public static final int MOST_RUNS = 5;

    public CheckResult {
        message = message == null ? null : Excerpt.beginning(message, LONGEST_MESSAGE);
        attributes = attributes == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(attributes));
        history = history == null ? List.of() : List.copyOf(history);
    }

    /** Of a check that was never run. */
    public static CheckResult none(String name) {
        return CheckResultBuilder.builder().name(name).build();
    }

    /** The number of the last run; 0 before the first. */
    public long lastRound() {
        return round == null ? 0 : round;
    }
}

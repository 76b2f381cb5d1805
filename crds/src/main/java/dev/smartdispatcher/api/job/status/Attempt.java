package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.Excerpt;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.api.Sentence;
import dev.smartdispatcher.api.job.demand.Parallelism;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** One run of a job, appended when it is allocated. It is live until it has an outcome. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record Attempt(
        @Required @Min(1) @Max(Bounds.ATTEMPT) @JsonPropertyDescription("Number of the attempt, from 1.")
        Integer number,

        @Required @JsonPropertyDescription("Name of the BuildWorker.")
        String worker,

        @Required @JsonPropertyDescription("Name of the worker pod.")
        String pod,

        @Min(1) @Max(Parallelism.LIMIT) @JsonPropertyDescription("N: the number of make jobs the attempt was given.")
        Integer parallelism,

        @JsonPropertyDescription("Memory (bytes) the attempt was given.")
        Quantity memory,

        @JsonPropertyDescription("Disk (bytes) the attempt was given.")
        Quantity disk,

        @JsonPropertyDescription("When the attempt was allocated (RFC 3339).")
        Instant dispatchTime,

        @JsonPropertyDescription("When its container started (RFC 3339).")
        Instant startTime,

        @JsonPropertyDescription("When its container ended (RFC 3339).")
        Instant endTime,

        @JsonPropertyDescription("How it ended; absent while it is live.")
        Reason outcome,

        @Min(Integer.MIN_VALUE)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Exit code of the command, if there was one.")
        Integer exitCode,

        @Size(max = Sentence.LONGEST) @JsonPropertyDescription("How it ended, as a sentence for people.")
        String message,

        @JsonPropertyDescription(
                "Where the attempt's log and what it left in results.path are kept; absent if nothing is.")
        ResultsStatus results,

        @Size(max = Attempt.MOST_OF_OUTPUT) @JsonPropertyDescription("The end of the output of an attempt that failed.")
        String lastLines,

        @JsonPropertyDescription("What was installed before its command ran; absent if nothing was.")
        InstalledPackages installed,

        @JsonPropertyDescription("What keeps, or kept, its container from starting; absent if it ran.")
        Obstacle obstacle,

        @JsonPropertyDescription(
                "true if it failed on a worker under suspicion: it does not count for spec.retry, and teaches nothing.")
        Boolean excused)
        implements AttemptBuilder.With {
    /** In characters. */
    public static final int MOST_OF_OUTPUT = 2048;

    public Attempt {
        message = Sentence.of(message);
        lastLines = lastLines == null ? null : Excerpt.end(lastLines, MOST_OF_OUTPUT);
    }

    /** Whether the attempt may still be running. */
    public boolean live() {
        return outcome == null;
    }

    /** Whether its failure does not count. */
    public boolean isExcused() {
        return Boolean.TRUE.equals(excused);
    }

    /** Whether it ended, and in this way. */
    public boolean endedBy(ReasonCategory category) {
        return outcome != null && outcome.category() == category;
    }

    /** Whether it ended without a start, by an obstacle that has a reason of its own. */
    public boolean endedByObstacle() {
        return outcome != null && outcome.isStartObstacle();
    }

    /** Whether it ended in a way that uses up no budget of retries. */
    public boolean usedNoBudget() {
        return outcome != null && outcome.usesNoBudget();
    }
}

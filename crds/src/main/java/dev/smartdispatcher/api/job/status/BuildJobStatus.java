package dev.smartdispatcher.api.job.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Condition;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** What is known of a job, written by the operator alone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record BuildJobStatus(
        @JsonPropertyDescription("A one-word summary of the conditions.")
        Phase phase,

        @Size(max = 16) @JsonPropertyDescription("Dispatched, Running, Complete and Failed.")
        List<Condition> conditions,

        @JsonPropertyDescription("What the live or last attempt was given; absent while the job waits.")
        Allocation allocation,

        @JsonPropertyDescription("What that attempt gets from its environment.")
        PackagesStatus packages,

        @Size(max = 20)
        @JsonPropertyDescription(
                "The attempts, oldest first. Of a long run of attempts that did not start, some in the middle are left"
                        + " out.")
        List<Attempt> attempts,

        @JsonPropertyDescription("What the last attempt used.")
        Usage usage,

        @JsonPropertyDescription("Where the results are kept.")
        ResultsStatus results,

        @JsonPropertyDescription("Why the job waits.") Waiting waiting)
        implements BuildJobStatusBuilder.With {
    public static final String DISPATCHED = "Dispatched";
    public static final String RUNNING = "Running";
    public static final String COMPLETE = "Complete";
    public static final String FAILED = "Failed";

    /** Of a job nobody has looked at yet. */
    public static final BuildJobStatus EMPTY = BuildJobStatusBuilder.builder().build();

    public BuildJobStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    /** Whether the job has ended, one way or the other. */
    public boolean finished() {
        return holds(COMPLETE) || holds(FAILED);
    }

    /** Whether the condition of this type is True. */
    public boolean holds(String type) {
        return condition(type).filter(Condition::holds).isPresent();
    }

    /** The condition of this type. */
    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> type.equals(c.type())).findFirst();
    }

    /** The newest attempt. */
    public Optional<Attempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** The attempt that may still be running; there is at most one, the newest. */
    public Optional<Attempt> liveAttempt() {
        return lastAttempt().filter(Attempt::live);
    }

    /** The digest of the plan that the live or last attempt was recorded with; absent if an earlier version recorded it. */
    public Optional<String> recordedPlan() {
        return Optional.ofNullable(packages).map(PackagesStatus::plan);
    }

    /** Whether the job is in the queue. */
    public boolean pending() {
        return !finished() && liveAttempt().isEmpty();
    }
}

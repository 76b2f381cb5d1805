package dev.smartdispatcher.cli.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.cli.output.Time;
import dev.smartdispatcher.operator.view.JobText;
import dev.smartdispatcher.operator.view.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A job in the queue's table. What is not known is null.
 *
 * @param view what people see of it elsewhere, too
 * @param state the phase, or Waiting
 * @param position place among the waiting jobs of its namespace, from 1
 * @param estimatedStart of a waiting job
 * @param start of its last attempt
 * @param elapsedSeconds of its last attempt, until its end or now
 * @param expectedSeconds of its live attempt, by earlier builds of the package
 * @param ended when its last attempt did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobRow(
        JobView view,
        String targetArch,
        String packageName,
        String state,
        Integer position,
        Instant estimatedStart,
        Instant start,
        Long elapsedSeconds,
        Long expectedSeconds,
        Instant ended,
        Instant created) {
    /** What runs first, the oldest on top; then the queue, by place; then what ended, the newest on top. */
    public static final Comparator<JobRow> BY_QUEUE = Comparator.comparing(JobRow::group)
            .thenComparing(row -> row.group() == Group.WAITS ? row.place() : 0)
            .thenComparing(row -> row.group() == Group.ENDED ? -row.moment() : row.moment())
            .thenComparing(row -> row.view().namespace())
            .thenComparing(row -> row.view().name());

    private enum Group {
        RUNS,
        WAITS,
        ENDED
    }

    /** The row of a job, without what earlier builds tell. */
    public static JobRow of(BuildJob job, Instant now) {
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        var waiting = Optional.ofNullable(status.waiting());
        var last = status.lastAttempt();
        var start = last.map(Attempt::startTime);
        var end = last.map(Attempt::endTime);
        var view = JobView.of(job.getMetadata(), job.getStatus());
        return new JobRow(
                view,
                job.getSpec().targetArch(),
                Optional.ofNullable(job.getSpec().packageName()).orElse(view.name()),
                JobText.state(view),
                waiting.map(Waiting::position).orElse(null),
                waiting.map(Waiting::estimatedStart).orElse(null),
                start.orElse(null),
                start.filter(begun -> view.phase() != Phase.Pending)
                        .map(begun -> Math.max(
                                0, Duration.between(begun, end.orElse(now)).toSeconds()))
                        .orElse(null),
                null,
                end.orElse(null),
                Instant.parse(job.getMetadata().getCreationTimestamp()));
    }

    /** With how long its live attempt is expected to take in all. */
    public JobRow expecting(Duration expected) {
        return new JobRow(
                view,
                targetArch,
                packageName,
                state,
                position,
                estimatedStart,
                start,
                elapsedSeconds,
                expected.toSeconds(),
                ended,
                created);
    }

    /** As {@code 4m12s of ~10m}; null if it has not run. */
    public String elapsed() {
        if (elapsedSeconds == null) {
            return null;
        }
        var elapsed = Time.text(Duration.ofSeconds(elapsedSeconds));
        return expectedSeconds == null ? elapsed : elapsed + " of ~" + Time.text(Duration.ofSeconds(expectedSeconds));
    }

    private Group group() {
        return switch (view.phase()) {
            case Dispatched, Running -> Group.RUNS;
            case Pending -> Group.WAITS;
            case Complete, Failed -> Group.ENDED;
        };
    }

    private int place() {
        return position == null ? Integer.MAX_VALUE : position;
    }

    private long moment() {
        var moment = group() == Group.ENDED && ended != null ? ended : created;
        return moment.getEpochSecond();
    }
}

package dev.smartdispatcher.e2e.quickstart.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.arch.Mode;
import java.time.Duration;
import java.util.Optional;

/**
 * A job as the quickstart shows and reports it.
 *
 * @param seconds run time of the last attempt
 * @param reason why it failed or waits, or Succeeded
 * @param message the same as a sentence
 * @param attempts number of attempts
 * @param results CLAIM/JOB/ATTEMPT, where its results are, or the log and the results of a failed last attempt
 * @param expected in the words of {@link Expectation}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        String namespace,
        String name,
        String phase,
        String worker,
        String hostArch,
        Mode mode,
        Integer parallelism,
        Long seconds,
        Integer exitCode,
        String reason,
        String message,
        int attempts,
        String results,
        String expected,
        boolean asExpected) {

    public static JobView of(BuildJob job) {
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        var allocation = Optional.ofNullable(status.allocation());
        var last = status.lastAttempt();
        var end = status.condition(BuildJobStatus.COMPLETE)
                .or(() -> status.condition(BuildJobStatus.FAILED))
                .filter(Condition::holds);
        var waiting = Optional.ofNullable(status.waiting());
        return new JobView(
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                Optional.ofNullable(status.phase()).map(Phase::name).orElse("Pending"),
                allocation.map(a -> a.worker()).orElse(null),
                allocation.map(a -> a.hostArch()).orElse(null),
                allocation.map(a -> a.mode()).orElse(null),
                allocation.map(a -> a.parallelism()).orElse(null),
                last.map(JobView::seconds).orElse(null),
                last.map(Attempt::exitCode).orElse(null),
                end.map(Condition::reason)
                        .or(() -> waiting.map(w -> w.reason().name()))
                        .orElse(null),
                end.map(Condition::message)
                        .or(() -> waiting.map(w -> w.message()))
                        .orElse(null),
                status.attempts().size(),
                Optional.ofNullable(status.results())
                        .or(() -> last.map(Attempt::results))
                        .map(r -> r.claimName() + "/" + r.directory())
                        .orElse(null),
                Expectation.of(job),
                Expectation.met(job));
    }

    private static Long seconds(Attempt attempt) {
        return attempt.startTime() == null || attempt.endTime() == null
                ? null
                : Duration.between(attempt.startTime(), attempt.endTime()).toSeconds();
    }

    /** namespace/name, or the name alone in the namespace default. */
    public String label() {
        return "default".equals(namespace) ? name : namespace + "/" + name;
    }
}

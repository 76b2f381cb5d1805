package dev.smartdispatcher.operator.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.Optional;

/**
 * A job as people see it. What is not known is null.
 *
 * @param phase {@code Pending} if the operator has not seen the job yet
 * @param worker where the job runs or ran last, in {@code mode} and with {@code parallelism} make jobs
 * @param seconds run time of the last attempt
 * @param exitCode of the last attempt
 * @param reason why the job failed or waits, or Succeeded
 * @param message the same as a sentence
 * @param attempts number of attempts
 * @param results CLAIM/JOB/ATTEMPT: the directory of the results, or of the log and the results of a failed last attempt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        String namespace,
        String name,
        Phase phase,
        String worker,
        String hostArch,
        Mode mode,
        Integer parallelism,
        Long seconds,
        Integer exitCode,
        String reason,
        String message,
        int attempts,
        String results) {

    /**
     * The view of one job.
     *
     * @param recorded null if the job has no status yet
     */
    public static JobView of(ObjectMeta metadata, BuildJobStatus recorded) {
        var status = Optional.ofNullable(recorded).orElse(BuildJobStatus.EMPTY);
        var allocation = Optional.ofNullable(status.allocation());
        var last = status.lastAttempt();
        var end = status.condition(BuildJobStatus.COMPLETE)
                .or(() -> status.condition(BuildJobStatus.FAILED))
                .filter(Condition::holds);
        var waiting = Optional.ofNullable(status.waiting());
        return new JobView(
                metadata.getNamespace(),
                metadata.getName(),
                Optional.ofNullable(status.phase()).orElse(Phase.Pending),
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
                        .orElse(null));
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

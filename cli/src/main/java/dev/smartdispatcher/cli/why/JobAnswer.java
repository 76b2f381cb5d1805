package dev.smartdispatcher.cli.why;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.view.JobText;
import dev.smartdispatcher.operator.view.JobView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Why a job is where it is. What is not known is null.
 *
 * @param state Pending, Waiting, Dispatched, Running, Complete or Failed
 * @param reason in one word
 * @param sentence the operator's
 * @param workers by the reason why they do not take it; none if it does not wait for workers
 * @param position among the waiting jobs of its namespace
 * @param attempts that ended before, a line each
 * @param lastLines the end of a failed build's output
 * @param help what would help, by reason
 * @param warnings the operator's last Events of it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobAnswer(
        String namespace,
        String name,
        String state,
        String reason,
        String sentence,
        List<WorkerCount> workers,
        Integer position,
        Instant estimatedStart,
        String reservedWorker,
        List<String> attempts,
        String lastLines,
        Map<String, String> help,
        List<String> warnings) {

    /** Of this job. */
    public static JobAnswer of(BuildJob job, List<String> warnings) {
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        var view = JobView.of(job.getMetadata(), status);
        var waiting = Optional.ofNullable(status.waiting());
        var workers = waiting.map(w -> WaitSentence.counts(w.message())).orElse(List.of());
        var obstacle = status.liveAttempt().map(Attempt::obstacle);
        var reason = obstacle.map(Obstacle::reason).map(Enum::name).orElse(view.reason());
        return new JobAnswer(
                view.namespace(),
                view.name(),
                JobText.state(view),
                reason,
                sentence(view, obstacle),
                workers,
                waiting.map(Waiting::position).orElse(null),
                waiting.map(Waiting::estimatedStart).orElse(null),
                waiting.map(Waiting::reservedWorker).orElse(null),
                status.attempts().stream()
                        .filter(attempt -> !attempt.live())
                        .map(JobAnswer::line)
                        .toList(),
                view.phase() == Phase.Failed
                        ? status.lastAttempt().map(Attempt::lastLines).orElse(null)
                        : null,
                view.phase() == Phase.Complete ? Map.of() : help(view.name(), reason, workers),
                warnings);
    }

    private static String sentence(JobView view, Optional<Obstacle> obstacle) {
        if (obstacle.isPresent()) {
            return "attempt " + view.attempts() + " on " + view.worker() + " does not start: "
                    + obstacle.get().message();
        }
        if (view.phase() == Phase.Pending && view.reason() == null) {
            return "the operator has not looked at it yet: if that lasts, it may not be running (kubectl get pods -A -l"
                    + " app.kubernetes.io/name=smart-dispatcher)";
        }
        return view.phase() == Phase.Dispatched || view.phase() == Phase.Running || view.phase() == Phase.Complete
                ? JobText.detail(view, UnaryOperator.identity())
                : view.message();
    }

    private static String line(Attempt attempt) {
        return "attempt " + attempt.number() + " on " + attempt.worker() + ": " + attempt.outcome()
                + (attempt.message() == null ? "" : ", " + attempt.message());
    }

    /** A job that starts without anybody's doing needs no help against what keeps other workers from it. */
    private static Map<String, String> help(String job, String reason, List<WorkerCount> workers) {
        var reasons = new ArrayList<String>();
        Optional.ofNullable(reason).ifPresent(reasons::add);
        if (!Reason.NoRoom.name().equals(reason)) {
            workers.forEach(count -> reasons.add(count.reason()));
        }
        var help = new LinkedHashMap<String, String>();
        reasons.forEach(each -> Help.against(each).ifPresent(text -> help.put(each, text.replace("JOB", job))));
        return help;
    }
}

package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.operator.workload.pod.BuildDeadline;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** How an attempt ended, as a sentence with its numbers. */
final class FailureMessage {
    private FailureMessage() {}

    static String of(
            Reason outcome,
            Pod pod,
            ContainerStateTerminated terminated,
            Optional<TerminationMessage> entry,
            Allocation allocation) {
        return switch (outcome) {
            case Succeeded -> "succeeded";
            case DeadlineExceeded -> "exceeded its deadline" + seconds(pod);
            case OutOfMemory -> "memory ran out: " + allocation.memory() + " at N=" + allocation.parallelism();
            case OutOfDisk ->
                "disk ran out: " + allocation.disk() + "; "
                        + PodState.message(pod).strip();
            case ResultsNotCopied ->
                "the results could not be copied: "
                        + entry.map(TerminationMessage::message).orElse("");
            case EntryNotRunnable ->
                "the image cannot run the entry: it needs /bin/sh"
                        + Optional.ofNullable(terminated.getMessage())
                                .map(m -> " (" + m.strip() + ")")
                                .orElse("");
            case StartFailed ->
                Outcomes.startedTooLate(pod, terminated)
                        ? "the start took so long that the pod's time was over before the build's was"
                        : "the container did not start"
                                + Optional.ofNullable(terminated.getMessage())
                                        .map(m -> ": " + m.strip())
                                        .orElse("");
            case WorkerLost -> "the pod was ended from outside" + why(pod);
            default -> "exit code " + terminated.getExitCode();
        };
    }

    private static String seconds(Pod pod) {
        var deadline = BuildDeadline.of(pod);
        return deadline.isPresent() ? " of " + deadline.getAsInt() + " s" : "";
    }

    private static String why(Pod pod) {
        var reason = PodState.reason(pod);
        var message = PodState.message(pod).strip();
        return reason.isEmpty() ? "" : ": " + reason + (message.isEmpty() ? "" : ", " + message);
    }
}

package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Excerpt;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.operator.workload.pod.BuildDeadline;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** How an attempt ended, as a sentence with its numbers. */
final class FailureMessage {
    private static final int MOST_LINES = 3;
    private static final int MOST_OF_LINES = 400;

    private FailureMessage() {}

    static String of(
            Reason outcome,
            Pod pod,
            ContainerStateTerminated terminated,
            Optional<TerminationMessage> entry,
            Allocation allocation) {
        return switch (outcome) {
            case Succeeded -> "succeeded";
            case DeadlineExceeded -> "exceeded its deadline" + seconds(entry, pod);
            case IdleDeadlineExceeded -> "neither wrote output nor used CPU" + idleSeconds(entry) + lastLines(entry);
            case OutOfMemory ->
                "ran out of memory: " + allocation.memory() + " with parallelism " + allocation.parallelism();
            case OutOfDisk -> "ran out of disk: " + allocation.disk() + "; " + whoSays(pod, terminated, entry);
            case InstallFailed -> "the packages could not be installed: " + problem(pod, terminated, entry);
            case ResultsNotCopied ->
                "the results could not be copied: "
                        + entry.map(TerminationMessage::message).orElse("");
            case WrongImageArchitecture ->
                "mode " + allocation.mode() + " on a worker of " + allocation.hostArch() + ": "
                        + said(entry)
                                .orElse("the node cannot run the image's programs, which are for another architecture");
            case EntryNotRunnable -> said(entry).orElseGet(() -> notRunnable(terminated));
            case StartFailed ->
                Outcomes.startedTooLate(pod, terminated)
                        ? "the build started so late that the pod's deadline passed before its own"
                        : Blame.NOT_STARTED
                                + Optional.ofNullable(terminated.getMessage())
                                        .map(m -> ": " + m.strip())
                                        .orElse("");
            case WorkerLost, Interrupted -> "the pod was terminated from outside the build" + why(pod, entry);
            default -> "exit code " + terminated.getExitCode();
        };
    }

    private static String problem(Pod pod, ContainerStateTerminated terminated, Optional<TerminationMessage> entry) {
        var problem = Outcomes.problem(entry);
        if (!Outcomes.isLate(pod, terminated, entry)) {
            return problem.orElse("exit code " + terminated.getExitCode());
        }
        return "not done by the deadline" + seconds(entry, pod)
                + problem.map(words -> "; " + words).orElse("");
    }

    private static Optional<String> said(Optional<TerminationMessage> entry) {
        return entry.filter(e -> e.refusal().isPresent()).map(TerminationMessage::message);
    }

    private static String notRunnable(ContainerStateTerminated terminated) {
        return terminated.getExitCode() == 0
                ? "exit code 0 without the entry's report: the image's /bin/sh did not run the entry to its end, as with"
                        + " SHELLOPTS=noexec in the environment"
                : "the image cannot run the entry: it needs /bin/sh"
                        + Optional.ofNullable(terminated.getMessage())
                                .map(m -> " (" + m.strip() + ")")
                                .orElse("");
    }

    private static String whoSays(Pod pod, ContainerStateTerminated terminated, Optional<TerminationMessage> entry) {
        var kubelet = PodState.message(pod).strip();
        if (!kubelet.isEmpty()) {
            return kubelet;
        }
        return entry.isPresent()
                ? "the scratch disk was full when the command failed with exit code " + terminated.getExitCode()
                : String.valueOf(terminated.getMessage()).strip();
    }

    /** The deadline as it was at last, by the entry; else as its pod says. */
    static String seconds(Optional<TerminationMessage> entry, Pod pod) {
        return entry.map(TerminationMessage::deadlineSeconds)
                .map(String::valueOf)
                .or(() ->
                        BuildDeadline.of(pod).stream().mapToObj(String::valueOf).findFirst())
                .map(seconds -> " of " + seconds + " s")
                .orElse("");
    }

    private static String idleSeconds(Optional<TerminationMessage> entry) {
        return entry.map(TerminationMessage::idleDeadlineSeconds)
                .map(seconds -> " for " + seconds + " s")
                .orElse("");
    }

    /** What a build that stands still said last tells most about it. */
    private static String lastLines(Optional<TerminationMessage> entry) {
        var lines = entry.map(TerminationMessage::lastLines).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty()
                ? "; it had written nothing"
                : "; its last lines: "
                        + Excerpt.end(
                                String.join(" | ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())),
                                MOST_OF_LINES);
    }

    private static String why(Pod pod, Optional<TerminationMessage> entry) {
        var reason = PodState.reason(pod);
        var message = PodState.message(pod).strip();
        if (!reason.isEmpty()) {
            return ": " + reason + (message.isEmpty() ? "" : ", " + message);
        }
        // An entry that was asked to end reports that: then somebody deleted the pod.
        return entry.isEmpty() && !PodState.disrupted(pod) ? Blame.UNEXPLAINED : "";
    }
}

package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.workload.pod.BuildDeadline;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The outcome of an attempt whose container terminated. */
final class Outcomes {
    private static final Set<String> NOT_STARTED = Set.of("StartError", "ContainerCannotRun");
    /** The runtime's words for an executable that is missing or not executable. */
    private static final Set<String> IMAGES_FAULT =
            Set.of("no such file or directory", "executable file not found", "permission denied");
    /** The runtime's words for a program of another architecture. */
    private static final String WRONG_ARCHITECTURE = "exec format error";
    /** What a kubelet calls the disk of a pod. */
    private static final Set<String> DISK =
            Set.of("emptydir", "ephemeral storage", "ephemeral-storage", "ephemeral local storage", "local storage");
    /** Of a shell: found but not executable, and not found. */
    private static final Set<Integer> NOT_RUNNABLE = Set.of(126, 127);
    /** Of the installer: the packages are not in the root as the lists say. */
    private static final int INSTALL_FAILED = 123;
    /** Exit codes from here on are signals, or (255) a container whose supervisor was killed. */
    private static final int SIGNALS = 128;

    private Outcomes() {}

    /**
     * The rules in order; the first that holds decides. The entry's own word goes before what others say, and an exit code
     * of 0 that it reports before everything: a killed child that the build got over does not matter. Without a report, 0 is
     * the word of a shell that has run nothing, since nothing that a build does keeps the entry from reporting its end.
     */
    static Reason of(Pod pod, ContainerStateTerminated terminated, Optional<TerminationMessage> entry) {
        int exitCode = terminated.getExitCode();
        if (exitCode == 0) {
            return entry.isPresent() ? Reason.Succeeded : Reason.EntryNotRunnable;
        }
        if (NOT_STARTED.contains(String.valueOf(terminated.getReason()))) {
            return notStarted(terminated.getMessage());
        }
        var refusal = entry.flatMap(TerminationMessage::refusal);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        // Another container may have gone on for so long that the pod was ended: no matter to a build that had ended
        // before.
        var stopped = isStopped(entry);
        if (isLate(pod, terminated, entry)) {
            return problem(entry).isPresent() ? Reason.InstallFailed : Reason.DeadlineExceeded;
        }
        if (stopped && isPodOverdue(pod)) {
            return Reason.StartFailed;
        }
        if (entry.filter(TerminationMessage::idleDeadlineExceeded).isPresent()) {
            return problem(entry).isPresent() ? Reason.InstallFailed : Reason.IdleDeadlineExceeded;
        }
        if (installFailed(exitCode, entry)) {
            return "OOMKilled".equals(terminated.getReason())
                            || entry.filter(e -> e.oomKills() > 0).isPresent()
                    ? Reason.OutOfMemory
                    : Reason.InstallFailed;
        }
        if (entry.filter(TerminationMessage::resultsFailed).isPresent()) {
            return Reason.ResultsNotCopied;
        }
        // The container's own message is a kubelet's or a runtime's only where it is no report.
        if (evictedForDisk(pod) || entry.isEmpty() && exceedsDisk(terminated.getMessage())) {
            return Reason.OutOfDisk;
        }
        if (stopped && PodState.shutDown(pod)) {
            return Reason.Interrupted;
        }
        if (stopped && evicted(pod)) {
            return Reason.WorkerLost;
        }
        if (entry.filter(TerminationMessage::terminated).isPresent()) {
            return Reason.WorkerLost;
        }
        if ("OOMKilled".equals(terminated.getReason())
                || entry.filter(e -> e.oomKills() > 0).isPresent()) {
            return Reason.OutOfMemory;
        }
        if (entry.filter(TerminationMessage::outOfDisk).isPresent()) {
            return Reason.OutOfDisk;
        }
        if (entry.isEmpty() && NOT_RUNNABLE.contains(exitCode)) {
            return Reason.EntryNotRunnable;
        }
        if (entry.isEmpty() && (exitCode >= SIGNALS || PodState.disrupted(pod))) {
            return Reason.WorkerLost;
        }
        return Reason.BuildFailed;
    }

    /** Whether an installer says so, and not a command that happens to end with its exit code, as xargs does. */
    private static boolean installFailed(int exitCode, Optional<TerminationMessage> entry) {
        return exitCode == INSTALL_FAILED
                && problem(entry.filter(e -> !e.terminated())).isPresent();
    }

    /** Why the packages could not be installed; empty if they were. */
    static Optional<String> problem(Optional<TerminationMessage> entry) {
        return entry.flatMap(TerminationMessage::installReport).flatMap(InstallReport::failure);
    }

    private static boolean isStopped(Optional<TerminationMessage> entry) {
        return entry.filter(e -> !e.terminated()).isEmpty();
    }

    /** Whether the container was ended for the build's deadline, by the entry or by the kubelet. */
    static boolean isLate(Pod pod, ContainerStateTerminated terminated, Optional<TerminationMessage> entry) {
        return entry.filter(TerminationMessage::deadlineExceeded).isPresent()
                || isStopped(entry) && isPodOverdue(pod) && !startedTooLate(pod, terminated);
    }

    /** Whether the kubelet ended the pod for its deadline, which is the last resort behind the build's. */
    private static boolean isPodOverdue(Pod pod) {
        return "DeadlineExceeded".equals(PodState.reason(pod));
    }

    /**
     * Whether the kubelet ended the pod before the build's own time was over: its clock also ran while the pod was being started.
     * Times in a pod are whole seconds, so one of them is nothing.
     */
    static boolean startedTooLate(Pod pod, ContainerStateTerminated terminated) {
        var deadline = BuildDeadline.of(pod);
        if (!isPodOverdue(pod) || deadline.isEmpty() || pod.getStatus().getStartTime() == null) {
            return false;
        }
        return PodState.time(terminated.getStartedAt())
                .flatMap(start -> PodState.time(terminated.getFinishedAt())
                        .map(end -> Duration.between(start, end).toSeconds() + 1 < deadline.getAsInt()))
                .orElse(false);
    }

    /** Of a container that did not start: whether the image lacks what is to be run; else the node is to blame. */
    private static Reason notStarted(String message) {
        var words = message == null ? "" : message.toLowerCase(Locale.ROOT);
        if (words.contains(WRONG_ARCHITECTURE)) {
            return Reason.WrongImageArchitecture;
        }
        return IMAGES_FAULT.stream().anyMatch(words::contains) ? Reason.EntryNotRunnable : Reason.StartFailed;
    }

    private static boolean evicted(Pod pod) {
        return "Evicted".equals(PodState.reason(pod));
    }

    /**
     * Whether the pod used more disk than it may: so it ran, whatever the kubelet reports of its containers.
     */
    static boolean evictedForDisk(Pod pod) {
        return evicted(pod) && exceedsDisk(PodState.message(pod));
    }

    /**
     * Whether a kubelet's words, which differ from version to version and by what was exceeded, say that a pod, a container or
     * a volume is over its own limit of disk. Of a node that is short of disk it says so, and may add who exceeds a request.
     */
    private static boolean exceedsDisk(String message) {
        var words = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return words.contains("exceed")
                && DISK.stream().anyMatch(words::contains)
                && !words.contains("node was low on")
                && !words.contains("node had condition");
    }
}

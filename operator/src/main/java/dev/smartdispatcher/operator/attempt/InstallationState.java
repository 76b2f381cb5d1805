package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;

/** The init container of a pod that fills a root of its own, before the build's container starts. */
final class InstallationState {
    private InstallationState() {}

    /** When it began, if it runs, or if it has succeeded and the build's container has not started yet. */
    static Optional<Instant> start(Pod pod) {
        var state = Containers.prepare(pod).map(ContainerStatus::getState);
        var running = state.map(ContainerState::getRunning).flatMap(r -> PodState.time(r.getStartedAt()));
        return running.or(() -> isBetween(pod)
                ? state.map(ContainerState::getTerminated).flatMap(t -> PodState.time(t.getStartedAt()))
                : Optional.empty());
    }

    /** Whether the kubelet goes from one container to the next: it gives no reason of another kind why the build's waits. */
    private static boolean isBetween(Pod pod) {
        return !PodState.finished(pod)
                && succeeded(pod)
                && PodState.container(pod)
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getWaiting)
                        .map(w -> w.getReason() == null || "PodInitializing".equals(w.getReason()))
                        .orElse(true);
    }

    private static boolean succeeded(Pod pod) {
        return terminated(pod).filter(t -> t.getExitCode() == 0).isPresent();
    }

    /** How it failed: the build's container never starts then. Empty if it did not fail. */
    static Optional<ContainerStateTerminated> failure(Pod pod) {
        return terminated(pod).filter(t -> t.getExitCode() != 0);
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return Containers.prepare(pod).map(ContainerStatus::getState).map(ContainerState::getTerminated);
    }

    /** What the installer reported, whatever became of the build. */
    static Optional<InstallReport> report(Pod pod) {
        return terminated(pod).flatMap(InstallationState::entry).flatMap(TerminationMessage::installReport);
    }

    /** Disk that the prepared root takes, which the build's own entry does not see; 0 if that is not known. */
    static long rootBytes(Pod pod) {
        return terminated(pod)
                .flatMap(InstallationState::entry)
                .map(TerminationMessage::diskPeakBytes)
                .filter(bytes -> bytes > 0 && bytes <= Quantities.MOST)
                .orElse(0L);
    }

    static Optional<TerminationMessage> entry(ContainerStateTerminated terminated) {
        return TerminationMessage.parse(terminated.getMessage())
                .filter(m -> m.exitCode().equals(terminated.getExitCode()));
    }

    /** Of one that failed: what it means, which is never that the build failed. */
    static Reason outcome(Pod pod, ContainerStateTerminated terminated) {
        var outcome = Outcomes.of(pod, terminated, entry(terminated));
        return outcome == Reason.BuildFailed || outcome == Reason.DeadlineExceeded ? Reason.InstallFailed : outcome;
    }

    static String message(Reason outcome, Pod pod, ContainerStateTerminated terminated, Allocation allocation) {
        var entry = entry(terminated);
        if (outcome != Reason.InstallFailed) {
            return "while the packages were installed: "
                    + FailureMessage.of(outcome, pod, terminated, entry, allocation);
        }
        return FailureMessage.of(outcome, pod, terminated, entry, allocation);
    }
}

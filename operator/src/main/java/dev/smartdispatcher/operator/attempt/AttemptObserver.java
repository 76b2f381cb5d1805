package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from a pod what became of an attempt. The container's state counts, since it is there before the phase and is
 * proof; the phase only where there is no container.
 */
public final class AttemptObserver {
    /** With these the exit code is not the build's. */
    private static final Set<Reason> DID_NOT_RUN = EnumSet.of(
            Reason.EntryNotRunnable,
            Reason.WrongImageArchitecture,
            Reason.InstallFailed,
            Reason.WorkerLost,
            Reason.Interrupted,
            Reason.StartFailed);

    /** A kubelet writes the phase a second or two after the container's end (measured on v1.36). */
    private static final Duration REASON_FOLLOWS = Duration.ofSeconds(10);

    private final Clock clock;

    public AttemptObserver(Clock clock) {
        this.clock = clock;
    }

    /** What the pod says. */
    public Observation observe(Pod pod, Allocation allocation) {
        var container = PodState.container(pod);
        var state = container.map(c -> c.getState());
        var terminated = state.map(s -> s.getTerminated());
        if (terminated.isPresent()) {
            var ended = ended(pod, terminated.get(), allocation);
            return ended.outcome() == Reason.WorkerLost && mayBeExplained(pod, terminated.get())
                    ? new Observation.Ending()
                    : ended;
        }
        if (state.map(s -> s.getRunning()).isPresent()) {
            return new Observation.Running(
                    PodState.time(state.get().getRunning().getStartedAt()).orElseGet(clock::instant));
        }
        var unprepared = InstallationState.failure(pod);
        if (unprepared.isPresent()) {
            return unprepared(pod, unprepared.get(), allocation);
        }
        var preparing = InstallationState.start(pod);
        if (preparing.isPresent()) {
            return new Observation.Running(preparing.get());
        }
        if (PodState.neverRan(pod)) {
            return neverRan(pod);
        }
        if (PodState.ending(pod)) {
            return new Observation.Ending();
        }
        return PendingPod.judge(pod, clock.instant())
                .<Observation>map(Observation.Stuck::new)
                .orElseGet(() -> PendingPod.notStarted(pod, clock.instant()));
    }

    /** Whether the kubelet has not had its say yet about a container that somebody killed. */
    private boolean mayBeExplained(Pod pod, ContainerStateTerminated terminated) {
        return TerminationMessage.parse(terminated.getMessage()).isEmpty()
                && !PodState.finished(pod)
                && PodState.time(terminated.getFinishedAt())
                        .filter(end -> clock.instant().isBefore(end.plus(REASON_FOLLOWS)))
                        .isPresent();
    }

    /** The attempt of a pod that is gone without a recorded outcome. */
    public Observation.Ended gone(Attempt attempt) {
        return attempt.startTime() != null
                ? without(Reason.WorkerLost, "its pod disappeared while the build ran")
                : hindered(attempt)
                        .orElseGet(() -> without(Reason.StartFailed, "its pod disappeared before the build started"));
    }

    /**
     * The end in the light of what was known to keep the build from starting. A kubelet that ends a pod whose container it never
     * started says of it that it was killed.
     */
    public Observation.Ended explained(Attempt attempt, Observation.Ended ended) {
        var unstarted = attempt.startTime() == null && ended.start().isEmpty();
        return unstarted && ended.outcome() == Reason.WorkerLost
                ? hindered(attempt).orElse(ended)
                : ended;
    }

    private Optional<Observation.Ended> hindered(Attempt attempt) {
        return Optional.ofNullable(attempt.obstacle())
                .map(obstacle -> without(
                        obstacle.reason().isStartObstacle() ? obstacle.reason() : Reason.StartFailed,
                        obstacle.message()));
    }

    /** The attempt whose pod the API server finds invalid: no further one would fare better. */
    public Observation.Ended neverCreated(String message) {
        return without(Reason.InvalidSpec, message);
    }

    /** The attempt whose pod cannot be on its worker: another one may take it. */
    public Observation.Ended wrongWorker(String message) {
        return without(Reason.StartFailed, message);
    }

    private Observation.Ended neverRan(Pod pod) {
        var message = PodState.message(pod).isBlank() ? PodState.reason(pod) : PodState.message(pod);
        if (Outcomes.evictedForDisk(pod)) {
            // It has used disk, so it ran, though the kubelet reports nothing of its container.
            return without(Reason.OutOfDisk, message.strip());
        }
        return without(Reason.StartFailed, "the pod never ran: " + message.strip());
    }

    private Observation.Ended without(Reason outcome, String message) {
        return new Observation.Ended(
                outcome,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                clock.instant(),
                message,
                AttemptOutput.NOTHING,
                Optional.empty());
    }

    /** The root could not be prepared. What that used is not what the build uses. */
    private Observation unprepared(Pod pod, ContainerStateTerminated terminated, Allocation allocation) {
        var outcome = InstallationState.outcome(pod, terminated);
        if (outcome == Reason.WorkerLost && mayBeExplained(pod, terminated)) {
            return new Observation.Ending();
        }
        return new Observation.Ended(
                outcome,
                Optional.empty(),
                Optional.empty(),
                PodState.time(terminated.getStartedAt()),
                PodState.time(terminated.getFinishedAt()).orElseGet(clock::instant),
                InstallationState.message(outcome, pod, terminated, allocation),
                InstallationState.entry(terminated).map(AttemptOutput::of).orElse(AttemptOutput.NOTHING),
                Optional.empty());
    }

    private Observation.Ended ended(Pod pod, ContainerStateTerminated terminated, Allocation allocation) {
        // A report of another exit code is not the entry's: the command could have written it.
        var entry = TerminationMessage.parse(terminated.getMessage())
                .filter(m -> m.exitCode().equals(terminated.getExitCode()));
        var outcome = Outcomes.of(pod, terminated, entry);
        var ran = !DID_NOT_RUN.contains(outcome);
        return new Observation.Ended(
                outcome,
                ran ? Optional.of(terminated.getExitCode()) : Optional.empty(),
                entry.map(e -> e.usage(InstallationState.rootBytes(pod))),
                PodState.time(terminated.getStartedAt()),
                PodState.time(terminated.getFinishedAt()).orElseGet(clock::instant),
                FailureMessage.of(outcome, pod, terminated, entry, allocation),
                entry.map(AttemptOutput::of).orElse(AttemptOutput.NOTHING),
                InstallationState.report(pod)
                        .or(() -> entry.flatMap(TerminationMessage::installReport))
                        .flatMap(InstallReport::packages));
    }
}

package dev.smartdispatcher.operator.check;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a check's pod says about its run. A script that exceeds what it was given has failed; whatever keeps it from starting, or ends
 * it without its doing, is no result.
 */
public final class CheckObservation {
    /** Name of the container that runs the script. */
    public static final String CONTAINER = "check";

    /** A pod that has not started by then does not start; one that has not ended so long after its time-out is not seen any more. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    /** By this exit code a script says that it cannot find out, as if its image lacks what it needs; git bisect takes it so, too. */
    private static final int CANNOT_TELL = 125;

    /** Exit codes of shells for a program that a signal ended begin here. */
    private static final int SIGNALS = 128;

    private static final int MOST_CODE = 255;

    /** The kubelet could not start the container, or lost it. */
    private static final Set<String> NEVER_STARTED = Set.of(
            "StartError", "ContainerCannotRun", "ContainerStatusUnknown", "CreateContainerError", "RunContainerError");

    private final Pod pod;
    private final Duration timeout;
    private final Instant now;

    private CheckObservation(Pod pod, Duration timeout, Instant now) {
        this.pod = pod;
        this.timeout = timeout;
        this.now = now;
    }

    /**
     * How the run ended; empty while it goes on.
     *
     * @param timeout of the check
     */
    public static Optional<CheckOutcome> of(Pod pod, Duration timeout, Instant now) {
        return new CheckObservation(pod, timeout, now).outcome();
    }

    private Optional<CheckOutcome> outcome() {
        var terminated = state().map(ContainerState::getTerminated);
        if (isFailed() && "Evicted".equals(reason())) {
            return Optional.of(evicted());
        }
        if (terminated.isPresent()) {
            return Optional.of(ended(terminated.get()));
        }
        if (isFailed()) {
            return Optional.of(
                    started() && "DeadlineExceeded".equals(reason())
                            ? timedOut("")
                            : notRun(sentence(reason(), message())));
        }
        if (pod.getMetadata().getDeletionTimestamp() != null && !started()) {
            return Optional.of(notRun("its pod was deleted"));
        }
        if (started()) {
            return age().compareTo(timeout.plus(PATIENCE)) > 0
                    ? Optional.of(notRun("the end of its pod was not seen"))
                    : Optional.empty();
        }
        return age().compareTo(PATIENCE) > 0 ? Optional.of(notRun(obstacle())) : Optional.empty();
    }

    private CheckOutcome ended(ContainerStateTerminated end) {
        if (end.getReason() != null && NEVER_STARTED.contains(end.getReason())) {
            return notRun(sentence(end.getReason(), end.getMessage()));
        }
        var output = CheckOutput.of(end.getMessage());
        return switch (output.ended()) {
            case CheckOutput.EXITED ->
                output.exitCode().getAsInt() == CANNOT_TELL
                        ? notRun("the script cannot tell: " + output.text())
                        : exited(output.exitCode().getAsInt(), output.text(), output.attributes(), end);
            case CheckOutput.TIMEOUT -> timedOut(output.text(), output.attributes(), end);
            case CheckOutput.UNUSABLE -> notRun(output.text());
            default -> unreported(end);
        };
    }

    /** The entry was killed before it could report. */
    private CheckOutcome unreported(ContainerStateTerminated end) {
        if ("OOMKilled".equals(end.getReason())) {
            return failed(end, "it needed more memory than it has");
        }
        if ("DeadlineExceeded".equals(reason())) {
            return timedOut("", Map.of(), end);
        }
        return isDisrupted() ? notRun("its pod was ended by others") : failed(end, "it ended without a report");
    }

    private CheckOutcome exited(int code, String text, Map<String, String> attributes, ContainerStateTerminated end) {
        var how = code > SIGNALS ? "exit code " + code + " (signal " + (code - SIGNALS) + ")" : "exit code " + code;
        return new CheckOutcome.Ended(
                Optional.of(code),
                false,
                code == 0 ? text : how + (text.isEmpty() ? "" : ": " + text),
                attributes,
                time(end));
    }

    private CheckOutcome failed(ContainerStateTerminated end, String message) {
        return new CheckOutcome.Ended(
                Optional.ofNullable(end.getExitCode()).filter(code -> code > 0 && code <= MOST_CODE),
                false,
                message,
                Map.of(),
                time(end));
    }

    private CheckOutcome timedOut(String text) {
        return timedOut(text, Map.of(), new ContainerStateTerminated());
    }

    private CheckOutcome timedOut(String text, Map<String, String> attributes, ContainerStateTerminated end) {
        return new CheckOutcome.Ended(
                Optional.empty(),
                true,
                "stopped after " + timeout.toSeconds() + " s" + (text.isEmpty() ? "" : ": " + text),
                attributes,
                time(end));
    }

    /** The kubelet says so if it was for the pod's own use. */
    private CheckOutcome evicted() {
        return message().contains("exceed")
                ? new CheckOutcome.Ended(
                        Optional.empty(),
                        false,
                        "it wrote more than its disk takes: " + ascii(message()),
                        Map.of(),
                        now)
                : notRun(sentence(reason(), message()));
    }

    private CheckOutcome notRun(String message) {
        return new CheckOutcome.NotRun(ascii(message), now);
    }

    /** Why it has not started. */
    private String obstacle() {
        var waiting = state().map(ContainerState::getWaiting);
        if (waiting.isPresent() && !"ContainerCreating".equals(waiting.get().getReason())) {
            return sentence(waiting.get().getReason(), waiting.get().getMessage());
        }
        return condition("PodScheduled")
                .filter(c -> "False".equals(c.getStatus()))
                .map(c -> sentence(c.getReason(), c.getMessage()))
                .orElse("it did not start within " + PATIENCE.toSeconds() + " s");
    }

    private boolean isDisrupted() {
        return pod.getMetadata().getDeletionTimestamp() != null
                || condition("DisruptionTarget")
                        .filter(c -> "True".equals(c.getStatus()))
                        .isPresent();
    }

    private Optional<PodCondition> condition(String type) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).stream()
                .flatMap(List::stream)
                .filter(c -> type.equals(c.getType()))
                .findFirst();
    }

    private Optional<ContainerState> state() {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses).stream()
                .flatMap(List::stream)
                .filter(c -> CONTAINER.equals(c.getName()))
                .findFirst()
                .map(ContainerStatus::getState);
    }

    private boolean started() {
        return state().map(ContainerState::getRunning).isPresent();
    }

    private boolean isFailed() {
        return pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase());
    }

    private String reason() {
        return pod.getStatus() == null || pod.getStatus().getReason() == null
                ? ""
                : pod.getStatus().getReason();
    }

    private String message() {
        return pod.getStatus() == null || pod.getStatus().getMessage() == null
                ? ""
                : pod.getStatus().getMessage();
    }

    private Duration age() {
        return instant(pod.getMetadata().getCreationTimestamp())
                .map(created -> Duration.between(created, now))
                .orElse(Duration.ZERO);
    }

    /** By the node's clock; one that is ahead does not keep the next run waiting. */
    private Instant time(ContainerStateTerminated end) {
        return instant(end.getFinishedAt())
                .filter(t -> t.isAfter(Instant.EPOCH) && !t.isAfter(now))
                .orElse(now);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).filter(t -> !t.isEmpty()).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String sentence(String reason, String message) {
        return message == null || message.isEmpty() ? String.valueOf(reason) : reason + ": " + message;
    }

    private static String ascii(String text) {
        return text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    }
}

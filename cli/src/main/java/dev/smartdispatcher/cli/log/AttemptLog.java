package dev.smartdispatcher.cli.log;

import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.cluster.Refusal;
import dev.smartdispatcher.cli.log.LogSource.Answer;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The log of one attempt, to its end, even if the connection breaks meanwhile. */
final class AttemptLog {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Without a line between them, of a log that is complete: then there is no hope. */
    private static final int MOST_BREAKS = 4;

    private final Cluster cluster;
    private final String pod;
    private final String container;
    private final Consumer<String> notes;

    /**
     * Of this container.
     *
     * @param notes is told what keeps it
     */
    AttemptLog(Cluster cluster, String pod, String container, Consumer<String> notes) {
        this.cluster = cluster;
        this.pod = pod;
        this.container = container;
        this.notes = notes;
    }

    /**
     * Copies what there is. Whether there is a log.
     *
     * @param tail only so many lines at the end
     */
    boolean print(OutputStream out, Optional<Integer> tail) {
        return copy(out, tail, () -> true);
    }

    /**
     * Copies until the container has ended. Whether there was a log.
     *
     * @param over whether the attempt is known to have ended, asked each time that the log ends
     */
    boolean follow(OutputStream out, Optional<Integer> tail, BooleanSupplier over) {
        return copy(out, tail, () -> isOver(over));
    }

    private boolean copy(OutputStream out, Optional<Integer> tail, BooleanSupplier over) {
        var copy = new LogCopy(out);
        var source = new LogSource(cluster, pod, container);
        boolean any = false;
        int breaks = 0;
        while (true) {
            // Asked before: what was written until then is copied all the same.
            boolean last = over.getAsBoolean();
            var before = copy.last();
            var problem = "";
            try {
                var answer = source.open(!last, before, any ? Optional.empty() : tail);
                if (answer instanceof Answer.Gone) {
                    return any;
                }
                if (answer instanceof Answer.NotThere missing && last) {
                    notes.accept(missing.message());
                    return any;
                }
                if (answer instanceof Answer.Lines lines) {
                    any = true;
                    problem = copy.from(lines.stream()) ? "" : "the connection broke";
                }
            } catch (ClusterException e) {
                if (!e.isPassing()) {
                    throw e;
                }
                problem = e.getMessage();
            }
            if (problem.isEmpty() && last) {
                return any;
            }
            breaks = problem.isEmpty() || !copy.last().equals(before) ? 0 : breaks + 1;
            if (last && breaks == MOST_BREAKS) {
                // The node may be lost: what became of the attempt is told all the same.
                notes.accept(problem);
                return false;
            }
            if (breaks == 1) {
                notes.accept(problem + "; still trying");
            }
            pause();
        }
    }

    private boolean isOver(BooleanSupplier over) {
        try {
            var now = Refusal.translating(() -> cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withName(pod)
                    .get());
            return now == null || hasEnded(now) || over.getAsBoolean();
        } catch (ClusterException e) {
            if (e.isPassing()) {
                return false;
            }
            throw e;
        }
    }

    private boolean hasEnded(Pod now) {
        var status = now.getStatus();
        return status != null
                && (hasEnded(status.getInitContainerStatuses()) || hasEnded(status.getContainerStatuses()));
    }

    private boolean hasEnded(List<ContainerStatus> statuses) {
        return statuses != null
                && statuses.stream()
                        .anyMatch(status -> status.getName().equals(container)
                                && status.getState() != null
                                && status.getState().getTerminated() != null);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClusterException.of("interrupted");
        }
    }
}

package dev.smartdispatcher.cli.log;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.cluster.JobWatch;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.cluster.Refusal;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The logs of a job's attempts, in their order; what is said between them goes elsewhere. */
public final class JobLogs {
    private final Cluster cluster;
    private final OutputStream out;
    private final Consumer<String> notes;
    private final LogChoice choice;

    /**
     * Of jobs of the namespace of the cluster.
     *
     * @param out gets the logs alone
     * @param notes is told which attempt follows and how it ended
     */
    public JobLogs(Cluster cluster, LogChoice choice, OutputStream out, Consumer<String> notes) {
        this.cluster = cluster;
        this.choice = choice;
        this.out = out;
        this.notes = notes;
    }

    /**
     * Prints what there is. Whether every attempt that ran has its log still.
     *
     * @throws ClusterException if the job has no such attempt
     */
    public boolean print(BuildJob job) {
        var chosen = attempts(job).stream().filter(choice::takes).toList();
        if (chosen.isEmpty()) {
            throw ClusterException.of(choice.attempt()
                    .map(number -> "no attempt " + number + " of " + name(job) + ": it has "
                            + attempts(job).size())
                    .orElse(name(job) + " has not been dispatched yet: kubectl smart-build why " + name(job)
                            + " tells why; -f waits for it"));
        }
        boolean all = true;
        for (var attempt : chosen) {
            if (attempts(job).size() > 1) {
                notes.accept(heading(attempt));
            }
            all &= log(attempt).print(out, choice.tail()) || substitute(attempt);
            if (attempts(job).size() > 1) {
                notes.accept(end(attempt));
            }
        }
        return all;
    }

    /**
     * Prints attempt after attempt, until the job or the chosen attempt has ended. The job as it was then.
     *
     * @throws ClusterException if the job is deleted meanwhile
     */
    public BuildJob follow(BuildJob job, JobWatch watch) {
        int next = choice.attempt().orElse(1);
        var now = job;
        while (true) {
            now = nextAttempt(now, watch, next);
            var attempt = attemptFrom(now, next);
            if (attempt.isEmpty()) {
                return now;
            }
            now = followed(attempt.get(), watch);
            next = attempt.get().number() + 1;
            if (choice.attempt().isPresent()) {
                return now;
            }
        }
    }

    /** The job once the next attempt runs, or has ended, or there will be none. */
    private BuildJob nextAttempt(BuildJob job, JobWatch watch, int number) {
        var now = job;
        while (!isReady(now, number)) {
            var told = waiting(now);
            told.ifPresent(reason -> notes.accept(name(job) + " waits: " + reason));
            now = watch.until(later -> isReady(later, number)
                            || waiting(later)
                                    .filter(w -> !told.equals(Optional.of(w)))
                                    .isPresent())
                    .orElseThrow(() -> deleted(job));
        }
        return now;
    }

    private BuildJob followed(Attempt attempt, JobWatch watch) {
        notes.accept(heading(attempt));
        var jobs = new Jobs(cluster);
        var found = log(attempt).follow(out, choice.tail(), () -> attempt(jobs.named(watch.name()), attempt.number())
                .filter(Attempt::live)
                .isEmpty());
        var ended = watch.until(now ->
                        attempt(now, attempt.number()).filter(Attempt::live).isEmpty())
                .orElseThrow(() -> ClusterException.of(watch.name() + " was deleted"));
        attempt(ended, attempt.number()).ifPresent(last -> {
            if (!found) {
                substitute(last);
            }
            notes.accept(end(last));
        });
        return ended;
    }

    private AttemptLog log(Attempt attempt) {
        var container = choice.container()
                .orElseGet(() -> attempt.outcome() == Reason.InstallFailed && isPrepared(attempt)
                        ? WorkerPod.PREPARE
                        : WorkerPod.CONTAINER);
        return new AttemptLog(cluster, attempt.pod(), container, notes);
    }

    /** Whether a container of its own installed the packages. */
    private boolean isPrepared(Attempt attempt) {
        var pod = Refusal.translating(() -> cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(attempt.pod())
                .get());
        return pod != null
                && pod.getSpec().getInitContainers().stream()
                        .anyMatch(container -> container.getName().equals(WorkerPod.PREPARE));
    }

    /** What is left of an attempt whose log cannot be had from its pod. Whether nothing is missing, as it never ran. */
    private boolean substitute(Attempt attempt) {
        if (attempt.startTime() == null) {
            return true;
        }
        notes.accept("the log of attempt " + attempt.number() + " cannot be had from its pod " + attempt.pod()
                + (attempt.results() == null
                        ? ""
                        : "; the claim " + attempt.results().claimName() + " has it in "
                                + attempt.results().directory()));
        if (attempt.lastLines() == null) {
            return false;
        }
        notes.accept("the end of its output:");
        try {
            out.write((attempt.lastLines().stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }

    private static boolean isReady(BuildJob job, int number) {
        return attemptFrom(job, number)
                        .filter(attempt -> attempt.startTime() != null || !attempt.live())
                        .isPresent()
                || job.getStatus() != null && job.getStatus().finished();
    }

    private static Optional<Attempt> attemptFrom(BuildJob job, int number) {
        return attempts(job).stream()
                .filter(attempt -> attempt.number() >= number)
                .findFirst();
    }

    private static Optional<Attempt> attempt(BuildJob job, int number) {
        return attempts(job).stream()
                .filter(attempt -> attempt.number() == number)
                .findFirst();
    }

    private static List<Attempt> attempts(BuildJob job) {
        return job.getStatus() == null ? List.of() : job.getStatus().attempts();
    }

    private static Optional<String> waiting(BuildJob job) {
        return Optional.ofNullable(job.getStatus())
                .map(BuildJobStatus::waiting)
                .map(waiting -> waiting.reason() + ", " + waiting.message());
    }

    private static String heading(Attempt attempt) {
        return "--- attempt " + attempt.number() + " on " + attempt.worker();
    }

    private static String end(Attempt attempt) {
        return "--- attempt " + attempt.number()
                + (attempt.live()
                        ? " has not ended"
                        : " ended: " + attempt.outcome() + (attempt.message() == null ? "" : ", " + attempt.message()));
    }

    private static ClusterException deleted(BuildJob job) {
        return ClusterException.of(name(job) + " was deleted");
    }

    private static String name(BuildJob job) {
        return job.getMetadata().getName();
    }
}

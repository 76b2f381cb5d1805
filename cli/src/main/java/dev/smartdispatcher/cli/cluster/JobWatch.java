package dev.smartdispatcher.cli.cluster;

import dev.smartdispatcher.api.job.BuildJob;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Waits for what becomes of one job. It outlasts an API server that is away, and says so. */
public final class JobWatch {
    private final BuildJob job;
    private final ObjectWatch<BuildJob> watch;

    /**
     * A watch of this very job: one that is made anew under its name is another.
     *
     * @param deadline until when it waits at most
     * @param notes is told what the user should know meanwhile
     */
    public JobWatch(Cluster cluster, BuildJob job, Optional<Instant> deadline, Clock clock, Consumer<String> notes) {
        this.job = job;
        var resource = new Jobs(cluster.in(job.getMetadata().getNamespace())).resource(name());
        watch = new ObjectWatch<>(resource, job.getMetadata().getUid(), deadline, clock, notes);
    }

    /** The job's. */
    public String name() {
        return job.getMetadata().getName();
    }

    /**
     * Waits for the condition.
     *
     * @return the job as it was then; empty if it was deleted
     * @throws DeadlineException if the deadline passes before
     */
    public Optional<BuildJob> until(Predicate<BuildJob> condition) {
        return watch.until(condition);
    }

    /** The deadline passed before what was waited for. */
    public static final class DeadlineException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

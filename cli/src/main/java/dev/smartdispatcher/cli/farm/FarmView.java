package dev.smartdispatcher.cli.farm;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.cluster.Farm;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.queue.Estimates;
import dev.smartdispatcher.cli.queue.JobRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the workers with their builds: of all namespaces, or if the user may not see those, of the own one. */
public final class FarmView {
    private final Cluster cluster;
    private final Instant now;

    /**
     * What there is.
     *
     * @param rows in their order
     * @param whole whether the builds of all namespaces are among them
     */
    public record Seen(List<WorkerRow> rows, boolean whole) {}

    public FarmView(Cluster cluster, Instant now) {
        this.cluster = cluster;
        this.now = now;
    }

    /** Of all workers. */
    public Seen read() {
        var builds = builds();
        var rows = new Farm(cluster)
                .workers(worker -> WorkerRow.of(
                        worker,
                        builds.byWorker().getOrDefault(worker.getMetadata().getName(), List.of())));
        return new Seen(rows.stream().sorted(WorkerRow.IN_ORDER).toList(), builds.whole());
    }

    private record Builds(Map<String, List<JobRow>> byWorker, boolean whole) {}

    private Builds builds() {
        try {
            return builds(true);
        } catch (ClusterException e) {
            if (e.isPassing()) {
                throw e;
            }
            return builds(false);
        }
    }

    private Builds builds(boolean everywhere) {
        var estimates = new Estimates(cluster).read(everywhere);
        Function<BuildJob, JobRow> kept = job -> {
            if (job.getStatus() == null || job.getStatus().liveAttempt().isEmpty()) {
                return null;
            }
            var row = JobRow.of(job, now);
            return estimates.of(job).map(row::expecting).orElse(row);
        };
        var jobs = new Jobs(cluster);
        var live = everywhere ? jobs.everywhere(kept) : jobs.all(kept);
        return new Builds(
                live.stream()
                        .filter(Objects::nonNull)
                        .sorted(JobRow.BY_QUEUE)
                        .collect(Collectors.groupingBy(
                                row -> Optional.ofNullable(row.view().worker()).orElse(""))),
                everywhere);
    }
}

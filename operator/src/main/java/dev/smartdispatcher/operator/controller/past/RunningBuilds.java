package dev.smartdispatcher.operator.controller.past;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.JobProblems;
import dev.smartdispatcher.operator.worker.RunningBuild;
import dev.smartdispatcher.operator.worker.RunningBuild.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The builds that run on a worker, and until when, as far as the caches tell. */
public final class RunningBuilds {
    private final ClusterView cluster;
    private final LikelyDurations likely;

    public RunningBuilds(ClusterView cluster) {
        this.cluster = cluster;
        likely = new LikelyDurations(cluster);
    }

    /** Those whose jobs are known. */
    public List<RunningBuild> on(String worker) {
        return cluster.jobsOn(worker).stream()
                .filter(job -> job.getStatus() != null
                        && job.getStatus().allocation() != null
                        && JobProblems.ofRecord(job).isEmpty())
                .flatMap(job -> job.getStatus().liveAttempt().map(attempt -> build(job, attempt)).stream())
                .toList();
    }

    private RunningBuild build(BuildJob job, Attempt attempt) {
        var meta = job.getMetadata();
        var start = Optional.ofNullable(attempt.startTime());
        return new RunningBuild(
                meta.getNamespace() + "/" + meta.getName(),
                start.flatMap(time -> span(job, time)),
                start.map(time -> time.plusSeconds(deadline(job))));
    }

    private Optional<Span> span(BuildJob job, Instant start) {
        return likely.shortest(job)
                .flatMap(from -> likely.of(job).map(to -> new Span(start.plus(from), start.plus(to))));
    }

    private int deadline(BuildJob job) {
        var own = job.getSpec().activeDeadlineSeconds();
        return own != null ? own : cluster.policy().defaults().activeDeadlineSeconds();
    }
}

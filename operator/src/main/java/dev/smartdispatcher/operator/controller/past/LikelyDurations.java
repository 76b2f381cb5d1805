package dev.smartdispatcher.operator.controller.past;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.profile.LearnedWorkEstimate;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.score.Score;
import java.time.Duration;
import java.util.Optional;

/** How long the builds that run are going to take in all, by what is known of earlier ones. */
public final class LikelyDurations {
    private static final double MILLIS = 1000;

    private final ClusterView cluster;
    private final PastBuilds past;

    public LikelyDurations(ClusterView cluster) {
        this.cluster = cluster;
        past = PastBuilds.in(cluster);
    }

    /** Of the live attempt of a job; empty if there were no earlier ones. */
    public Optional<Duration> of(BuildJob job) {
        var allocation = job.getStatus().allocation();
        return LearnedWorkEstimate.of(past.of(job.getMetadata().getNamespace(), job.getSpec()))
                .map(work -> work.likelySeconds(allocation.parallelism(), slowness(allocation)))
                .map(seconds -> Duration.ofMillis(Math.round(MILLIS * seconds)));
    }

    /** The least of which nine of ten builds like the live attempt of a job take; empty if there were no earlier ones. */
    public Optional<Duration> shortest(BuildJob job) {
        var allocation = job.getStatus().allocation();
        return LearnedWorkEstimate.of(past.of(job.getMetadata().getNamespace(), job.getSpec()))
                .map(work -> work.shortSeconds(allocation.parallelism(), slowness(allocation)))
                .map(seconds -> Duration.ofMillis(Math.round(MILLIS * seconds)));
    }

    private double slowness(Allocation allocation) {
        int speed = cluster.worker(allocation.worker())
                .flatMap(worker -> Optional.ofNullable(worker.getStatus()))
                .flatMap(status -> Optional.ofNullable(status.agent()))
                .flatMap(agent -> Optional.ofNullable(agent.speedIndex()))
                .map(SpeedIndex::single)
                .orElse(Worker.ORDINARY_SPEED);
        return Score.slowness(cluster.policy().modePenaltyPercent().of(allocation.mode()), speed);
    }
}

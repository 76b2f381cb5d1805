package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Ends attempts that have no pod: as soon as none can come any more, and unless it has come after all. Each method returns when
 * to look again, if at all.
 */
final class PodlessEnds {
    private final ClusterView cluster;
    private final LiveAttempts live;
    private final UnansweredCreations unanswered;
    private final BiPredicate<BuildJob, Attempt> hasPod;

    /** @param hasPod whether the API server has the attempt's pod */
    PodlessEnds(
            ClusterView cluster,
            LiveAttempts live,
            UnansweredCreations unanswered,
            BiPredicate<BuildJob, Attempt> hasPod) {
        this.cluster = cluster;
        this.live = live;
        this.unanswered = unanswered;
        this.hasPod = hasPod;
    }

    /** The attempt is taken back, and its job waits for this reason. */
    Optional<Duration> takeBack(BuildJob job, Attempt attempt, Reason reason, String message) {
        return end(job, attempt, (j, a) -> {
            cluster.holds()
                    .gaveUp(j.getMetadata().getNamespace(), j.getMetadata().getUid());
            live.withdrawn(j, reason, message);
        });
    }

    /** The attempt fails, and the job with it. */
    Optional<Duration> neverCreated(BuildJob job, Attempt attempt, String message) {
        return end(job, attempt, (j, a) -> live.ended(j, a, live.observer().neverCreated(message)));
    }

    /** The attempt fails, and the job goes to another worker. */
    Optional<Duration> wrongWorker(BuildJob job, Attempt attempt, String message) {
        return end(job, attempt, (j, a) -> live.ended(j, a, live.observer().wrongWorker(message)));
    }

    /** How an attempt is to end that waits until no pod of it can come any more. */
    Optional<BiConsumer<BuildJob, Attempt>> decided(BuildJob job, Attempt attempt) {
        return unanswered.decided(job, attempt);
    }

    /** Ends the attempt so. */
    Optional<Duration> end(BuildJob job, Attempt attempt, BiConsumer<BuildJob, Attempt> end) {
        var left = unanswered.left(job, attempt);
        if (left.isPresent()) {
            unanswered.decide(job, attempt, end);
            return left;
        }
        unanswered.forget(job);
        if (hasPod.test(job, attempt)) {
            return Optional.of(AttemptPods.SOON);
        }
        end.accept(job, attempt);
        return Optional.empty();
    }
}

package dev.smartdispatcher.operator.controller.profile;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.profile.AttemptRun;
import dev.smartdispatcher.operator.profile.ProfileKey;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.workload.pod.ScratchVolume;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from jobs as their statuses show them: so what one process did not write in time, the next one finds there. Each attempt is
 * looked at once. Safe for use by several threads.
 */
public final class ProfileLearner {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileLearner.class);

    private final ClusterView cluster;
    private final WorkerAssessments assessments;
    private final ProfileWriter writer;
    /** Numbers of the attempts that were looked at, by the job's UID. */
    private final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

    public ProfileLearner(ClusterView cluster, WorkerAssessments assessments, ProfileWriter writer) {
        this.cluster = cluster;
        this.assessments = assessments;
        this.writer = writer;
    }

    /** Takes what the job's attempts that have ended since the last look teach. */
    public void look(BuildJob job, BuildJobStatus status) {
        if (job.getSpec() == null
                || job.getSpec().packageName() == null
                || cluster.policy().profiles() == ProfileUse.Off) {
            return;
        }
        for (var attempt : status.attempts()) {
            if (AttemptRun.teaches(attempt)
                    && seen.computeIfAbsent(job.getMetadata().getUid(), uid -> ConcurrentHashMap.newKeySet())
                            .add(attempt.number())) {
                learnSafely(job, status, attempt);
            }
        }
    }

    /** A status with amounts that nobody can count with, as a backup may bring back, teaches nothing. */
    private void learnSafely(BuildJob job, BuildJobStatus status, Attempt attempt) {
        try {
            learn(job, status, attempt);
        } catch (IllegalArgumentException e) {
            LOG.atDebug()
                    .addKeyValue(
                            LogKeys.JOB,
                            job.getMetadata().getNamespace() + "/"
                                    + job.getMetadata().getName())
                    .setCause(e)
                    .log("nothing is learned from an attempt");
        }
    }

    /** The job is gone. */
    public void forget(BuildJob job) {
        seen.remove(job.getMetadata().getUid());
    }

    private void learn(BuildJob job, BuildJobStatus status, Attempt attempt) {
        var allocation = Optional.ofNullable(status.allocation())
                .filter(a -> isLast(attempt, status) && a.worker().equals(attempt.worker()));
        var worker = assessments.of(attempt.worker()).flatMap(assessment -> assessment.worker());
        // Of a worker that is gone by now, and of an attempt that was retried, nothing tells.
        var host = allocation
                .map(Allocation::hostArch)
                .or(() -> worker.map(w -> w.hostArch().name()));
        if (host.isEmpty()) {
            return;
        }
        var spec = job.getSpec();
        var key = new ProfileKey(job.getMetadata().getNamespace(), spec.packageName(), host.get(), spec.targetArch());
        var mode = allocation.map(Allocation::mode).orElse(Mode.Native);
        var run = AttemptRun.of(
                job.getMetadata().getUid(),
                attempt,
                Optional.ofNullable(status.usage()).filter(usage -> isLastEnded(attempt, status)),
                ScratchVolume.of(spec, cluster.policy().defaults()).isEmpty(),
                worker.map(Worker::speed).orElse(Worker.ORDINARY_SPEED),
                cluster.policy().modePenaltyPercent().of(mode));
        writer.add(key, run);
    }

    private static boolean isLast(Attempt attempt, BuildJobStatus status) {
        return status.lastAttempt().filter(attempt::equals).isPresent();
    }

    /** The usage that a status has is that of the last attempt that ended. */
    private static boolean isLastEnded(Attempt attempt, BuildJobStatus status) {
        var ended = status.attempts().stream().filter(a -> !a.live()).toList();
        return !ended.isEmpty() && ended.get(ended.size() - 1).equals(attempt);
    }
}

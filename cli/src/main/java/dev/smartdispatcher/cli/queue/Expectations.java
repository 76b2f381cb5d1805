package dev.smartdispatcher.cli.queue;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.api.profile.LearnedWork;
import dev.smartdispatcher.operator.profile.ProfileCheck;
import dev.smartdispatcher.operator.scheduler.score.Score;
import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long builds that run usually take, by the profiles of their packages and the speeds of the workers. */
public final class Expectations {
    private static final int ORDINARY_SPEED = 100;

    private final Map<Key, LearnedWork> learned = new HashMap<>();
    private final Map<String, Integer> speeds;
    private final ModePenalty penalty;

    private record Key(String namespace, String packageName, String hostArch, String targetArch) {}

    /**
     * Without any profile.
     *
     * @param speeds by the worker's name; one that is not there is taken for ordinary
     */
    public Expectations(Map<String, Integer> speeds, ModePenalty penalty) {
        this.speeds = Map.copyOf(speeds);
        this.penalty = penalty;
    }

    /** Learns from a profile of this namespace; one that somebody has damaged teaches nothing. */
    public void learn(String namespace, BuildProfileStatus profile) {
        if (profile != null && profile.work() != null && ProfileCheck.isSound(profile)) {
            learned.put(
                    new Key(namespace, profile.packageName(), profile.hostArch(), profile.targetArch()),
                    profile.work());
        }
    }

    /** Of the live attempt of a job, in all: half of such builds take longer. Empty where nothing is known. */
    public Optional<Duration> of(BuildJob job) {
        var status = job.getStatus();
        if (status == null
                || status.allocation() == null
                || status.liveAttempt().isEmpty()) {
            return Optional.empty();
        }
        var allocation = status.allocation();
        var spec = job.getSpec();
        var key =
                new Key(job.getMetadata().getNamespace(), spec.packageName(), allocation.hostArch(), spec.targetArch());
        return Optional.ofNullable(learned.get(key))
                .map(work -> new WorkEstimate(work.coreSeconds(), work.serial())
                        .likelySeconds(allocation.parallelism(), slowness(allocation)))
                .map(seconds -> Duration.ofSeconds(Math.max(1, Math.round(seconds))));
    }

    private double slowness(Allocation allocation) {
        return Score.slowness(penalty.of(allocation.mode()), speeds.getOrDefault(allocation.worker(), ORDINARY_SPEED));
    }
}

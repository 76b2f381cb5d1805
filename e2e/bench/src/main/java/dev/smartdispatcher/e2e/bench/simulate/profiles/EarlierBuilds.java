package dev.smartdispatcher.e2e.bench.simulate.profiles;

import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import dev.smartdispatcher.operator.profile.LearnedEnvelope;
import dev.smartdispatcher.operator.profile.Learning;
import dev.smartdispatcher.operator.profile.ProfileKey;
import dev.smartdispatcher.operator.profile.Run;
import dev.smartdispatcher.operator.profile.RunBuilder;
import dev.smartdispatcher.operator.profile.RunResult;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Builds a job's package several times before the job comes, as the operator would have: with what the job declares, raised by what was
 * learned until then; a build that ran out of memory is repeated with twice as much. What was learned is the operator's own fit.
 *
 * @param noise sigma of the logarithm by which the memory of one build differs from that of the next
 * @param missing what a job that declares nothing counts as
 */
record EarlierBuilds(double noise, Memory missing) {
    /** N of earlier builds: workers and queues differ. */
    private static final int[] PARALLELISMS = {1, 2, 4, 8};

    /** Largest part of a peak that samples a second apart missed of real builds. */
    private static final double MOST_LOSS = 0.14;

    private static final int SPEED = 100;
    private static final long DAY = 86_400;

    /** The memory that one build needs, of what its package needs. */
    static Memory once(Memory usual, double noise, RandomGenerator random) {
        return usual.times(Math.exp(noise * random.nextGaussian()));
    }

    /** The profile after so many builds. */
    BuildProfileStatus profile(Job job, int builds, RandomGenerator random) {
        var key = new ProfileKey("tenant", "package", "x86_64", job.target().name());
        var profile = BuildProfileStatus.EMPTY;
        for (int build = 0; build < builds; build++) {
            int n = PARALLELISMS[random.nextInt(PARALLELISMS.length)];
            long needed = once(job.memory(), noise, random).at(n);
            long given = given(job, n, profile);
            for (int attempt = 1; given < needed; attempt++, given *= 2) {
                profile = Learning.with(
                        profile, key, List.of(run(job, build, attempt, n, given, RunResult.OUT_OF_MEMORY)));
            }
            long sampled = (long) (needed * (1 - MOST_LOSS * random.nextDouble()));
            profile = Learning.with(profile, key, List.of(run(job, build, 99, n, sampled, RunResult.OK)));
        }
        return profile;
    }

    private long given(Job job, int n, BuildProfileStatus profile) {
        var declared = job.declared().orElse(missing);
        var envelope = new Envelope(
                1000,
                (long) Math.ceil(declared.base()),
                (long) Math.ceil(declared.perProcess()),
                0,
                1,
                job.maxProcesses());
        var raised = LearnedEnvelope.of(envelope, false, true, ProfileUse.RaiseOnly, List.of(profile), () -> true);
        return raised.envelope().room(n).memory();
    }

    private static Run run(Job job, int build, int attempt, int n, long memory, RunResult result) {
        return RunBuilder.builder()
                .end(Instant.EPOCH.plusSeconds(build * DAY + attempt))
                .id(build + "-" + attempt)
                .parallelism(n)
                .seconds(Math.round(job.seconds(n, SPEED)))
                .cpuSeconds(Math.round(job.work()))
                .memory(memory)
                .speed(SPEED)
                .penaltyPercent(100)
                .result(result)
                .worker("host")
                .build();
    }
}

package dev.smartdispatcher.operator.controller.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.BuildJobStatusBuilder;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the scheduling cycle is told of a job after attempts that ran out of something. */
class PendingJobFactoryTest {
    private static final Instant NOW = Farm.NOW;
    private static final BuildJob JOB = Serialization.unmarshal("""
        apiVersion: smartdispatcher.dev/v1alpha1
        kind: BuildJob
        metadata: {name: zlib, namespace: team-a, uid: uid-zlib, creationTimestamp: "2026-01-01T11:00:00Z"}
        spec:
          targetArch: x86_64
          environment: debian-12
          parallelism: {min: 1, max: 4}
          resources:
            memory: {base: 1Gi, perProcess: 1Gi}
            disk: {size: 4Gi}
        """, BuildJob.class);

    private static BuildJobStatus after(Reason outcome) {
        var attempt = AttemptBuilder.builder()
                .number(1)
                .worker("small")
                .parallelism(1)
                .memory(new Quantity("6Gi"))
                .disk(new Quantity("600Gi"))
                .dispatchTime(NOW)
                .startTime(NOW)
                .endTime(NOW)
                .outcome(outcome)
                .build();
        return BuildJobStatusBuilder.builder().attempts(List.of(attempt)).build();
    }

    /** A worker that matches, with 8 GiB and 1000 GiB of disk, beside a larger one of another architecture. */
    private static Scheduler farm() {
        var scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);
        scheduler.put(Farm.worker("small", Architecture.x86_64, 4, 8));
        scheduler.put(Farm.worker("large", Architecture.aarch64, 64, 512));
        return scheduler;
    }

    private static boolean startsAfter(Reason outcome) {
        return startsAfter(outcome, NOW);
    }

    private static boolean startsAfter(Reason outcome, Instant now) {
        return starts(farm(), outcome, now);
    }

    private static boolean starts(Scheduler scheduler, Reason outcome, Instant now) {
        var environment = new BuildEnvironmentSpec("image", null, null, null);
        scheduler.put(new PendingJobFactory(JobDefaults.STANDARD, scheduler::matching, now)
                .of(JOB, after(outcome), environment));
        return scheduler.runCycle(now).placements().size() == 1;
    }

    @Test
    void memoryGrowsToNoMoreThanAWorkerThatMatchesHas() {
        assertThat(startsAfter(Reason.OutOfMemory)).isTrue();
    }

    @Test
    void aFailedStartIsFollowedByABackOff() {
        assertThat(startsAfter(Reason.StartFailed, NOW.plusSeconds(9))).isFalse();
        assertThat(startsAfter(Reason.StartFailed, NOW.plusSeconds(10))).isTrue();
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongIt() {
        assertThat(startsAfter(Reason.StartFailed, NOW.minusSeconds(3600))).isTrue();
    }

    @Test
    void afterAFailureAnotherWorkerIsWaitedForThatCouldHostTheJob() {
        assertThat(startsAfter(Reason.BuildFailed)).isTrue();
        assertThat(startsBesideABusyOne(Reason.BuildFailed, NOW.plusSeconds(9))).isFalse();
        assertThat(startsBesideABusyOne(Reason.BuildFailed, NOW.plusSeconds(10)))
                .isTrue();
    }

    private static boolean startsBesideABusyOne(Reason outcome, Instant now) {
        var scheduler = farm();
        scheduler.put(Farm.worker("other", Architecture.x86_64, 4, 8));
        scheduler.put(new Claim(
                new Claim.AttemptId("running", 1),
                "team-b",
                "other",
                Farm.worker("other", Architecture.x86_64, 4, 8).budget(),
                Optional.empty()));
        return starts(scheduler, outcome, now);
    }

    @Test
    void diskGrowsToNoMoreThanAWorkerThatMatchesHas() {
        assertThat(startsAfter(Reason.OutOfDisk)).isTrue();
    }
}

package dev.smartdispatcher.operator.profile;

import static dev.smartdispatcher.operator.profile.Runs.BEGIN;
import static dev.smartdispatcher.operator.profile.Runs.MI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.Usage;
import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptRunTest {
    private static final String UID = "8c1f2a3b-0000-4000-8000-000000000000";

    @Test
    void aRunIsWhatTheAttemptUsed() {
        var run = AttemptRun.of(UID, attempt(Reason.Succeeded), usage("412Mi", "900Mi", 98), true, 112, 110);
        assertThat(RunLine.of(run))
                .isEqualTo("2026-11-24T06:00:31Z uid=8c1f2a3b-2 n=4 t=31 c=98 m=412Mi d=900Mi s=112 p=110 ok node-7");
    }

    @Test
    void whatIsNotKnownTeachesNothing() {
        assertThat(AttemptRun.teaches(attempt(Reason.WorkerLost))).isFalse();
        assertThat(AttemptRun.teaches(attempt(Reason.InstallFailed))).isFalse();
        assertThat(AttemptRun.teaches(attempt(null))).isFalse();
        assertThat(AttemptRun.teaches(attempt(Reason.BuildFailed).withStartTime(null)))
                .isFalse();
        var run = AttemptRun.of(UID, attempt(Reason.BuildFailed), Optional.empty(), true, 100, 100);
        assertThat(run.memory()).isZero();
        assertThat(run.result()).isEqualTo(RunResult.FAILED);
    }

    @Test
    void aBuildThatRanOutOfMemoryNeededMoreThanItsLimitWhateverWasSeenOfIt() {
        var run = AttemptRun.of(UID, attempt(Reason.OutOfMemory), usage("3Mi", "900Mi", 98), true, 100, 100);
        assertThat(run.memory()).isEqualTo(1024 * MI);
    }

    @Test
    void aVolumeTeachesNothingOfTheWorkersDisk() {
        assertThat(AttemptRun.of(UID, attempt(Reason.Succeeded), usage("3Mi", "900Mi", 98), false, 100, 100)
                        .disk())
                .isZero();
    }

    @Test
    void anAbsurdReportMovesTheSizesByABoundedStep() {
        var declared = new Envelope(1000, 0, 256 * MI, 4096 * MI, 1, 8);
        var honest = IntStream.range(0, 20).mapToObj(i -> Runs.run(i, 4, 800)).toList();
        var before = envelope(declared, honest);
        for (var report : List.of(usage("16Ti", "16Ti", Bounds.COUNT), usage("0", "0", 0))) {
            var poisoned = new ArrayList<>(honest);
            poisoned.add(AttemptRun.of(
                    UID,
                    attempt(Reason.Succeeded)
                            .withStartTime(BEGIN.plusSeconds(9000))
                            .withEndTime(BEGIN.plusSeconds(9000)),
                    report,
                    true,
                    100,
                    100));
            var after = envelope(declared, poisoned);
            for (int n = 1; n <= 8; n++) {
                assertThat((double) after.room(n).memory() / before.room(n).memory())
                        .isBetween(1.0, 2.0);
            }
            assertThat(after.disk()).isLessThanOrEqualTo(2 * declared.disk());
        }
    }

    private static Envelope envelope(Envelope declared, List<Run> runs) {
        var profile = Learning.with(BuildProfileStatus.EMPTY, Runs.ZLIB, runs);
        return LearnedEnvelope.of(declared, false, true, ProfileUse.RaiseOnly, List.of(profile), () -> true)
                .envelope();
    }

    private static Optional<Usage> usage(String memory, String disk, long cpuSeconds) {
        return Optional.of(new Usage(new Quantity(memory), null, new Quantity(disk), cpuSeconds));
    }

    private static Attempt attempt(Reason outcome) {
        return AttemptBuilder.builder()
                .number(2)
                .worker("node-7")
                .pod("zlib-8c1f2-2")
                .parallelism(4)
                .memory(Quantities.ofBytes(1024 * MI))
                .disk(Quantities.ofBytes(4096 * MI))
                .startTime(BEGIN)
                .endTime(BEGIN.plusSeconds(31))
                .outcome(outcome)
                .build();
    }
}

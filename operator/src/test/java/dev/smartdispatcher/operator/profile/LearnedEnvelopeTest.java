package dev.smartdispatcher.operator.profile;

import static dev.smartdispatcher.operator.profile.Runs.MI;
import static dev.smartdispatcher.operator.profile.Runs.ZLIB;
import static dev.smartdispatcher.operator.profile.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnedEnvelopeTest {
    private static final Envelope DECLARED = new Envelope(1000, 256 * MI, 200 * MI, 500 * MI, 1, 8);

    @Test
    void whatIsRaisedIsNoLessThanDeclaredOrLearnedAtAnyParallelism() {
        for (int seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            int least = 1 + random.nextInt(4);
            var declared = new Envelope(
                    1000,
                    random.nextInt(3000) * MI,
                    random.nextInt(500) * MI + random.nextInt(1000),
                    random.nextInt(2000) * MI,
                    least,
                    least + random.nextInt(random.nextBoolean() ? 16 : 1024));
            var profiles = new ArrayList<BuildProfileStatus>();
            IntStream.rangeClosed(0, random.nextInt(3))
                    .forEach(i -> profiles.add(learned(Runs.random(random, 1 + random.nextInt(40)))));
            var raised = LearnedEnvelope.of(declared, false, true, ProfileUse.RaiseOnly, profiles, () -> true)
                    .envelope();
            assertThat(raised.disk()).as("seed %d", seed).isGreaterThanOrEqualTo(declared.disk());
            for (int n = declared.least(); n <= declared.most(); n++) {
                long memory = raised.room(n).memory();
                assertThat(memory)
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(declared.room(n).memory());
                for (var profile : profiles) {
                    assertThat(memory).as("seed %d", seed).isGreaterThanOrEqualTo(learned(profile, n));
                }
            }
        }
    }

    private static long learned(BuildProfileStatus profile, int parallelism) {
        var memory = profile.memory();
        return (long) (memory.margin()
                * (Quantities.bytes(memory.base()) + parallelism * Quantities.bytes(memory.perProcess())));
    }

    @Test
    void whatIsEnoughIsNotTouched() {
        var small = List.of(learned(List.of(run(1, 1, 100), run(2, 4, 200))));
        var envelope = LearnedEnvelope.of(DECLARED, false, false, ProfileUse.RaiseOnly, small, () -> true);
        assertThat(envelope).isEqualTo(new LearnedEnvelope(DECLARED, false, false));
        assertThat(LearnedEnvelope.of(DECLARED, false, true, ProfileUse.Off, large(40), () -> true))
                .isEqualTo(new LearnedEnvelope(DECLARED, false, false));
    }

    @Test
    void theFirstBuildThatRanOutOfMemoryRaisesWhatTheNextOnesGet() {
        long given = DECLARED.room(4).memory();
        var oom = run(1, 4, given / MI).withResult(RunResult.OUT_OF_MEMORY);
        var envelope = LearnedEnvelope.of(
                DECLARED, false, true, ProfileUse.RaiseOnly, List.of(learned(List.of(oom))), () -> true);
        assertThat(envelope.known()).isTrue();
        assertThat((double) envelope.envelope().room(4).memory() / given).isBetween(1.9, 2.3);
    }

    @Test
    void lessThanRequestedOnlyIfThePolicySaysSoAndTenBuildsSucceeded() {
        assertThat(of(ProfileUse.Replace, false, 10, true))
                .isLessThan(DECLARED.room(8).memory());
        assertThat(of(ProfileUse.Replace, false, 9, true))
                .isEqualTo(DECLARED.room(8).memory());
        assertThat(of(ProfileUse.Replace, false, 10, false))
                .as("a host architecture has no profile")
                .isEqualTo(DECLARED.room(8).memory());
        assertThat(of(ProfileUse.RaiseOnly, false, 32, true))
                .isEqualTo(DECLARED.room(8).memory());
    }

    @Test
    void threeBuildsSayMoreThanADefault() {
        assertThat(of(ProfileUse.RaiseOnly, true, 3, true))
                .isLessThan(DECLARED.room(8).memory());
        assertThat(of(ProfileUse.RaiseOnly, true, 2, true))
                .isEqualTo(DECLARED.room(8).memory());
    }

    private static long of(ProfileUse use, boolean guessed, int runs, boolean everyHost) {
        var profiles = List.of(learned(IntStream.range(0, runs)
                .mapToObj(i -> run(i, 1 + i % 8, 10 + i % 8))
                .toList()));
        return LearnedEnvelope.of(DECLARED, guessed, true, use, profiles, () -> everyHost)
                .envelope()
                .room(8)
                .memory();
    }

    @Test
    void theDiskIsRaisedToo() {
        var envelope = LearnedEnvelope.of(DECLARED, false, true, ProfileUse.RaiseOnly, large(1), () -> true);
        assertThat(envelope.envelope().disk()).isEqualTo(1440 * MI);
        assertThat(LearnedEnvelope.of(DECLARED, false, false, ProfileUse.RaiseOnly, large(1), () -> true)
                        .envelope()
                        .disk())
                .as("a volume is not the worker's disk")
                .isEqualTo(DECLARED.disk());
    }

    private static List<BuildProfileStatus> large(int runs) {
        return List.of(
                learned(IntStream.range(0, runs).mapToObj(i -> run(i, 4, 4000)).toList()));
    }

    private static BuildProfileStatus learned(List<Run> runs) {
        return Learning.with(BuildProfileStatus.EMPTY, ZLIB, runs);
    }
}

package dev.smartdispatcher.operator.profile;

import static dev.smartdispatcher.operator.profile.Runs.MI;
import static dev.smartdispatcher.operator.profile.Runs.ZLIB;
import static dev.smartdispatcher.operator.profile.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Quantities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final int MOST = BuildProfileStatus.MOST_RECENT;

    @Test
    void theOrderInWhichRunsAreToldDoesNotCount() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var runs = Runs.random(random, 1 + random.nextInt(2 * MOST));
            var one = learned(runs);
            var shuffled = new ArrayList<>(runs);
            Collections.shuffle(shuffled, random);
            var inPieces = BuildProfileStatus.EMPTY;
            for (var run : shuffled) {
                inPieces = Learning.with(inPieces, ZLIB, List.of(run));
            }
            // Runs that are older than all that are remembered are not counted, whenever they come.
            assertThat(inPieces.withRuns(0L)).as("seed %d", seed).isEqualTo(one.withRuns(0L));
            if (runs.size() <= MOST) {
                assertThat(inPieces.runs()).as("seed %d", seed).isEqualTo(runs.size());
            }
        }
    }

    @Test
    void aRunThatIsToldTwiceCountsOnce() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var runs = Runs.random(random, 1 + random.nextInt(2 * MOST));
            var profile = learned(runs);
            var again = new ArrayList<>(runs);
            Collections.shuffle(again, random);
            assertThat(Learning.with(profile, ZLIB, again)).as("seed %d", seed).isSameAs(profile);
        }
    }

    @Test
    void aBuildThatRanOutOfMemoryNeedsMoreThanItHadUntilOneSucceeds() {
        var oom = run(1, 4, 1000).withResult(RunResult.OUT_OF_MEMORY);
        var learned = learned(List.of(oom)).memory();
        assertThat(learned.runs()).isZero();
        assertThat(at(learned(List.of(oom)), 4)).isBetween(1200 * MI, 1206 * MI);
        assertThat(at(learned(List.of(run(1, 4, 100).withResult(RunResult.OUT_OF_MEMORY))), 4))
                .as("100Mi more, of little")
                .isBetween(200 * MI, 206 * MI);
        assertThat(at(learned(List.of(oom, run(2, 2, 600))), 4))
                .as("fewer make jobs prove nothing")
                .isGreaterThanOrEqualTo(1200 * MI);
        assertThat(at(learned(List.of(oom, run(2, 4, 1100))), 4)).isBetween(1100 * MI, 1106 * MI);
    }

    @Test
    void theMarginFallsWithTheRunsThatSucceeded() {
        assertThat(IntStream.of(0, 1, 4, 10, 32).mapToDouble(MemoryFit::margin).boxed())
                .containsExactly(1.6, 1.6, 1.37, 1.28, 1.21);
    }

    @Test
    void anOldRunCountsNoLonger() {
        var runs = new ArrayList<Run>();
        runs.add(run(0, 4, 4000));
        IntStream.rangeClosed(1, MOST).forEach(i -> runs.add(run(i, 4, 400)));
        var profile = learned(runs);
        assertThat(at(profile, 4)).isEqualTo(400 * MI);
        assertThat(profile.recent()).hasSize(MOST);
        assertThat(profile.runs()).isEqualTo(MOST + 1L);
    }

    @Test
    void oneAbsurdRunMovesTheWorkNoFurtherThanTheOthersAreApart() {
        var runs = new ArrayList<Run>();
        IntStream.range(0, 8).forEach(i -> runs.add(run(i, 4, 400).withCpuSeconds(80 + i)));
        for (var absurd : List.of(
                run(9, 4, 400).withCpuSeconds(Long.MAX_VALUE).withSeconds(1),
                run(9, 4, 400).withSeconds(0).withCpuSeconds(0),
                run(9, 1024, 400).withSeconds(1_000_000_000).withCpuSeconds(1))) {
            var all = new ArrayList<>(runs);
            all.add(absurd.withCpuSeconds(Math.min(absurd.cpuSeconds(), 999_999_999_999L))
                    .withSeconds(Math.min(absurd.seconds(), 999_999_999)));
            assertThat(learned(all).work().coreSeconds()).isBetween(80L, 88L);
            assertThat(learned(all).work().serial()).isBetween(0.0, 0.6);
        }
    }

    @Test
    void theWorkIsThatOfAWorkerOfOrdinarySpeedInTheNativeMode() {
        var twiceAsFast =
                run(1, 1, 400).with().cpuSeconds(50).seconds(50).speed(200).build();
        var emulated = run(2, 1, 400)
                .with()
                .cpuSeconds(800)
                .seconds(800)
                .penaltyPercent(800)
                .build();
        var work = learned(List.of(twiceAsFast, emulated)).work();
        assertThat(work.coreSeconds()).isEqualTo(100);
        assertThat(work.spread()).isEqualTo(0.1);
        assertThat(work.runs()).isEqualTo(2);
    }

    @Test
    void whatIsSerialIsTheTimeThatMakeJobsDoNotShorten() {
        // 100 s of work of which a fifth is serial: 20 + 80 / 4 with four make jobs.
        var runs = IntStream.range(0, 5)
                .mapToObj(i -> run(i, 4, 400).with().cpuSeconds(100).seconds(40).build())
                .toList();
        assertThat(learned(runs).work().serial()).isEqualTo(0.2);
    }

    @Test
    void theNewestFailuresCountMost() {
        var failedFirst = List.of(run(1, 1, 1).withResult(RunResult.FAILED), run(2, 1, 1), run(3, 1, 1));
        var failedLast = List.of(run(1, 1, 1), run(2, 1, 1), run(3, 1, 1).withResult(RunResult.FAILED));
        assertThat(learned(failedFirst).failureRate()).isBetween(0.3, 0.333);
        assertThat(learned(failedLast).failureRate()).isBetween(0.334, 0.36);
        assertThat(learned(List.of(run(1, 1, 1).withResult(RunResult.OUT_OF_MEMORY)))
                        .failureRate())
                .isZero();
    }

    @Test
    void linesThatCannotBeReadAreDropped() {
        var profile = learned(List.of(run(1, 4, 400)));
        var edited =
                profile.withRecent(List.of("somebody was here", profile.recent().get(0)));
        assertThat(Learning.with(edited, ZLIB, List.of(run(2, 4, 400))).recent())
                .hasSize(2);
    }

    @Test
    void whatTellsNothingNewCanWait() {
        var profile =
                learned(IntStream.range(0, 10).mapToObj(i -> run(i, 4, 400)).toList());
        assertThat(Learning.isUrgent(BuildProfileStatus.EMPTY, run(11, 4, 400))).isTrue();
        assertThat(Learning.isUrgent(profile, run(11, 4, 400))).isFalse();
        assertThat(Learning.isUrgent(profile, run(11, 4, 500))).isTrue();
        assertThat(Learning.isUrgent(profile, run(11, 4, 400).withDisk(901 * MI)))
                .isTrue();
        assertThat(Learning.isUrgent(profile, run(11, 4, 100).withResult(RunResult.OUT_OF_MEMORY)))
                .isTrue();
    }

    private static BuildProfileStatus learned(List<Run> runs) {
        return Learning.with(BuildProfileStatus.EMPTY, ZLIB, runs);
    }

    private static long at(BuildProfileStatus profile, int parallelism) {
        var memory = profile.memory();
        return Quantities.bytes(memory.base()) + parallelism * Quantities.bytes(memory.perProcess());
    }
}

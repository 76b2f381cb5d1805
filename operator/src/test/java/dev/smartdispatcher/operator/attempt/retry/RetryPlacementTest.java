package dev.smartdispatcher.operator.attempt.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPlacementTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Set<String> BOTH = Set.of("bad", "good");

    private final List<Attempt> attempts = new ArrayList<>();

    private RetryPlacementTest after(String worker, Reason outcome, Instant end) {
        attempts.add(AttemptBuilder.builder()
                .number(attempts.size() + 1)
                .worker(worker)
                .dispatchTime(NOW)
                .startTime(NOW)
                .endTime(end)
                .outcome(outcome)
                .build());
        return this;
    }

    private RetryPlacementTest after(String worker, Reason outcome) {
        return after(worker, outcome, NOW);
    }

    private RetryPlacement in(long seconds) {
        return new RetryPlacement(attempts, NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "BuildFailed",
                "DeadlineExceeded",
                "OutOfMemory",
                "OutOfDisk",
                "WorkerLost",
                "StartFailed",
                "EntryNotRunnable",
                "WrongImageArchitecture",
                "ResultsNotCopied",
                "DrainDeadlinePassed"
            })
    void anyOtherWorkerIsPreferredWhateverWentWrong(Reason outcome) {
        assertThat(after("bad", outcome).in(3600).failedOn()).containsExactly("bad");
    }

    @Test
    void theLiveAttemptHasNotFailed() {
        assertThat(after("bad", null, null).in(0).failedOn()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BuildFailed", "WorkerLost", "StartFailed"})
    void anotherWorkerIsWaitedForAtFirstTenSecondsThenTwiceAsLong(Reason outcome) {
        after("bad", outcome);
        assertThat(in(9).avoided(() -> BOTH)).containsExactly("bad");
        assertThat(in(10).avoided(() -> BOTH)).isEmpty();
        after("bad", outcome);
        assertThat(in(19).avoided(() -> BOTH)).containsExactly("bad");
        assertThat(in(20).avoided(() -> BOTH)).isEmpty();
    }

    @Test
    void itIsWaitedForFiveMinutesAtMost() {
        for (int i = 0; i < 12; i++) {
            after("bad", Reason.WorkerLost);
        }
        assertThat(in(299).avoided(() -> BOTH)).containsExactly("bad");
        assertThat(in(300).avoided(() -> BOTH)).isEmpty();
    }

    @Test
    void nobodyIsWaitedForWhereNoOtherWorkerCouldHostTheJob() {
        assertThat(after("bad", Reason.BuildFailed).in(1).avoided(() -> Set.of("bad")))
                .isEmpty();
        assertThat(after("good", Reason.WorkerLost).in(1).avoided(() -> BOTH)).isEmpty();
    }

    @Test
    void whatDidNotStartIsNotStartedThereAtOnceThoughThereIsNoOther() {
        assertThat(after("bad", Reason.StartFailed).in(9).avoided(() -> Set.of("bad")))
                .containsExactly("bad");
    }

    @ParameterizedTest
    @EnumSource(names = {"OutOfMemory", "OutOfDisk"})
    void nobodyIsWaitedForByAJobThatNeedsMore(Reason outcome) {
        assertThat(after("bad", outcome).in(0).avoided(() -> BOTH)).isEmpty();
    }

    @Test
    void fromTheSecondOnWhatComesToNothingPausesEverywhere() {
        assertThat(after("bad", Reason.WorkerLost).in(0).pausedUntil()).isEmpty();
        after("good", Reason.StartFailed);
        assertThat(in(9).pausedUntil()).contains(NOW.plusSeconds(10));
        assertThat(in(10).pausedUntil()).isEmpty();
        after("bad", Reason.WorkerLost);
        assertThat(in(0).pausedUntil()).contains(NOW.plusSeconds(20));
        after("bad", Reason.BuildFailed);
        assertThat(in(0).pausedUntil()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackProlongsNothing() {
        after("bad", Reason.WorkerLost);
        after("bad", Reason.WorkerLost);
        assertThat(in(-3600).pausedUntil()).isEmpty();
        assertThat(in(-3600).avoided(() -> BOTH)).isEmpty();
    }
}

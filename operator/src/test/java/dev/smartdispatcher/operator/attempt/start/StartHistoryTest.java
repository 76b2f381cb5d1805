package dev.smartdispatcher.operator.attempt.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.Retry;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.operator.attempt.retry.RetryRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartHistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private static Attempt attempt(int number, Reason outcome, Instant dispatched, Instant ended) {
        var ran = outcome != null && !outcome.isStartObstacle() && outcome != Reason.StartFailed;
        return AttemptBuilder.builder()
                .number(number)
                .dispatchTime(dispatched)
                .startTime(ran ? dispatched : null)
                .endTime(ended)
                .outcome(outcome)
                .build();
    }

    private static Attempt failed(int number, Reason outcome, int from, int to) {
        return attempt(number, outcome, START.plusSeconds(from), START.plusSeconds(to));
    }

    /** A registry that is away for a day: each attempt ends after two minutes, and the next one follows when it may. */
    @Test
    void pausesGrowUpToALimitAndNumbersGoOn() {
        var attempts = new ArrayList<Attempt>();
        var now = START;
        var pauses = new ArrayList<Duration>();
        while (now.isBefore(START.plus(Duration.ofDays(1)))) {
            var history = new StartHistory(attempts);
            var kept = new ArrayList<>(history.forOneMore());
            var end = now.plusSeconds(120);
            kept.add(attempt(history.next(), Reason.ImagePullFailed, now, end));
            attempts.clear();
            attempts.addAll(kept);
            assertThat(RetryRule.again(Retry.DEFAULT, attempts)).isTrue();
            assertThat(attempts).hasSizeLessThanOrEqualTo(StartHistory.MOST_OF_A_ROW);
            assertThat(attempts.get(0).number()).isEqualTo(1);
            now = new StartHistory(attempts).pausedUntil(end).orElseThrow();
            pauses.add(Duration.between(end, now));
        }
        assertThat(pauses).isSorted().startsWith(Duration.ofMinutes(2)).endsWith(StartHistory.LONGEST_PAUSE);
        assertThat(attempts).extracting(Attempt::number).doesNotHaveDuplicates().isSorted();
        assertThat(new StartHistory(attempts).next()).isEqualTo(pauses.size() + 1);
    }

    @Test
    void whatRanIsNeverLeftOut() {
        var attempts = new ArrayList<Attempt>();
        for (int number = 1; number <= 19; number++) {
            attempts.add(failed(number, number % 2 == 0 ? Reason.ImagePullFailed : Reason.WorkerLost, number, number));
        }
        attempts.add(failed(20, Reason.WorkerLost, 20, 20));
        assertThat(new StartHistory(attempts).forOneMore())
                .hasSize(19)
                .filteredOn(a -> a.outcome() == Reason.WorkerLost)
                .hasSize(11);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "ImagePullFailed",
                "InvalidImageName",
                "ClaimNotFound",
                "SecretNotFound",
                "ConfigMapNotFound",
                "Unschedulable",
                "NoSandbox",
                "FailedMount"
            })
    void noneOfThemUsesUpABudget(Reason outcome) {
        var attempts = new ArrayList<Attempt>();
        for (int number = 1; number <= 100; number++) {
            attempts.add(failed(number, outcome, number, number));
        }
        assertThat(RetryRule.again(new Retry(0, 0, 0), attempts)).isTrue();
        attempts.add(failed(101, Reason.WorkerLost, 101, 101));
        assertThat(RetryRule.again(new Retry(1, 0, 0), attempts)).isTrue();
        attempts.add(failed(102, Reason.WorkerLost, 102, 102));
        assertThat(RetryRule.again(new Retry(1, 0, 0), attempts)).isFalse();
    }

    /** Their worker is avoided instead; see RetryPlacement. */
    @Test
    void whatAnotherWorkerMendsIsNoReasonToPauseEverywhere() {
        assertThat(new StartHistory(List.of(failed(1, Reason.Unschedulable, 0, 120)))
                        .pausedUntil(START.plusSeconds(121)))
                .isEmpty();
        assertThat(new StartHistory(List.of(failed(1, Reason.ClaimNotFound, 0, 1))).pausedUntil(START.plusSeconds(2)))
                .contains(START.plusSeconds(11));
        assertThat(new StartHistory(List.of(failed(1, Reason.ClaimNotFound, 0, 1))).pausedUntil(START.plusSeconds(11)))
                .isEmpty();
    }

    @Test
    void theStartDeadlineIsCountedAnewAfterAnAttemptThatRan() {
        var spec = Serialization.unmarshal(
                "--- {targetArch: x86_64, environment: e, startDeadlineSeconds: 600}", BuildJobSpec.class);
        var first = failed(1, Reason.ImagePullFailed, 0, 120);
        var second = failed(2, Reason.StartFailed, 240, 250);
        assertThat(new StartHistory(List.of(first, second)).deadline(spec)).contains(START.plusSeconds(600));
        var ran = failed(3, Reason.BuildFailed, 300, 400);
        assertThat(new StartHistory(List.of(first, second, ran)).deadline(spec)).isEmpty();
        var live = attempt(4, null, START.plusSeconds(500), null);
        assertThat(new StartHistory(List.of(first, second, ran, live)).deadline(spec))
                .contains(START.plusSeconds(1100));
        var unlimited = Serialization.unmarshal("--- {targetArch: x86_64, environment: e}", BuildJobSpec.class);
        assertThat(new StartHistory(List.of(first)).deadline(unlimited)).isEmpty();
    }

    /** The clock goes on between two questions; and timers take no negative time. */
    @Test
    void aDeadlineThatHasJustPassedIsLookedAtAtOnce() {
        var history = new StartHistory(List.of(failed(1, Reason.ImagePullFailed, 0, 10)));
        var spec = Serialization.unmarshal(
                "--- {targetArch: x86_64, environment: e, startDeadlineSeconds: 200}", BuildJobSpec.class);
        assertThat(history.untilDeadline(spec, START)).contains(Duration.ofMillis(200_001));
        assertThat(history.untilDeadline(spec, START.plusSeconds(201))).contains(Duration.ofMillis(1));
        assertThat(new StartHistory(List.of()).untilDeadline(spec, START)).isEmpty();
    }
}

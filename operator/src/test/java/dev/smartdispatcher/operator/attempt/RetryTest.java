package dev.smartdispatcher.operator.attempt;

import static dev.smartdispatcher.operator.testing.Draw.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.Retry;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.attempt.retry.EnvelopeGrowth;
import dev.smartdispatcher.operator.attempt.retry.RetryRule;
import dev.smartdispatcher.operator.testing.Seeds;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final Retry RETRY = new Retry(1, 2, 0);

    private static Attempt attempt(Reason outcome) {
        return AttemptBuilder.builder()
                .parallelism(4)
                .memory(new Quantity("1Gi"))
                .disk(new Quantity("1Gi"))
                .outcome(outcome)
                .build();
    }

    private static boolean again(Reason... outcomes) {
        var attempts = new ArrayList<Attempt>();
        for (var outcome : outcomes) {
            attempts.add(attempt(outcome));
        }
        return RetryRule.again(RETRY, attempts);
    }

    @Test
    void eachKindOfFailureHasItsOwnBudget() {
        assertThat(again(Reason.WorkerLost)).isTrue();
        assertThat(again(Reason.WorkerLost, Reason.DrainDeadlinePassed)).isFalse();
        assertThat(again(Reason.OutOfMemory, Reason.WorkerLost, Reason.OutOfDisk))
                .isTrue();
        assertThat(again(Reason.OutOfMemory, Reason.OutOfDisk, Reason.OutOfMemory))
                .isFalse();
        assertThat(again(Reason.BuildFailed)).isFalse();
        assertThat(again(Reason.DeadlineExceeded)).isFalse();
        assertThat(again(Reason.Succeeded)).isFalse();
    }

    @Test
    void startsThatFailedCostNoneOfTheUsersBudgets() {
        var ten = Collections.nCopies(10, attempt(Reason.StartFailed));
        assertThat(RetryRule.again(RETRY, ten)).isTrue();
        assertThat(RetryRule.again(RETRY, Collections.nCopies(11, attempt(Reason.StartFailed))))
                .isFalse();
    }

    @Test
    void aSuspendedBuildUsesUpNothingAndACancelledOneIsNotRepeated() {
        assertThat(RetryRule.again(new Retry(0, 0, 0), Collections.nCopies(20, attempt(Reason.Suspended))))
                .isTrue();
        assertThat(again(Reason.WorkerLost, Reason.Suspended, Reason.Suspended, Reason.OutOfMemory))
                .isTrue();
        assertThat(again(Reason.Cancelled)).isFalse();
    }

    @Test
    void thereAreNeverMoreAttemptsThanTheStatusKeeps() {
        assertThat(RetryRule.again(new Retry(19, 0, 0), Collections.nCopies(19, attempt(Reason.WorkerLost))))
                .isTrue();
        assertThat(RetryRule.again(new Retry(19, 0, 0), Collections.nCopies(20, attempt(Reason.WorkerLost))))
                .isFalse();
    }

    @Test
    void afterMemoryRanOutTheEnvelopeIsAtLeastTwiceWhatWasAllocated() {
        Seeds.check(1000, random -> {
            var base = between(random, 1L, 1L << 40);
            var perProcess = between(random, 0L, 1L << 40);
            var n = between(random, 1, 64);
            long allocated = base + perProcess * n;
            var lost = AttemptBuilder.builder()
                    .parallelism(n)
                    .memory(Quantities.ofBytes(allocated))
                    .outcome(Reason.OutOfMemory)
                    .build();
            var grown = EnvelopeGrowth.grow(base, perProcess, 1, List.of(lost));
            assertThat(grown.base() + grown.perProcess() * n).isGreaterThanOrEqualTo(2 * allocated - 1);
            assertThat(grown.base()).isGreaterThanOrEqualTo(base);
            assertThat(grown.perProcess()).isGreaterThanOrEqualTo(perProcess);
            assertThat(grown.disk()).isEqualTo(1);
        });
    }

    @Test
    void diskIsDoubled() {
        var grown = EnvelopeGrowth.grow(1, 1, 1L << 30, List.of(attempt(Reason.OutOfDisk)));
        assertThat(grown.disk()).isEqualTo(2L << 30);
        assertThat(grown.base()).isEqualTo(1);
    }
}

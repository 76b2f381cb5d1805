package dev.smartdispatcher.operator.scheduler.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.demand.Expense;
import org.junit.jupiter.api.Test;

class InitialParallelismTest {
    private static final Envelope ANY = new Envelope(1000, 0, 1, 0, 1, 64);

    @Test
    void longJobsBeginWithSeveralCores() {
        assertThat(InitialParallelism.of(ANY, new WorkEstimate(3000, 0.2))).isEqualTo(1);
        assertThat(InitialParallelism.of(ANY, new WorkEstimate(7000, 0.2))).isEqualTo(4);
        assertThat(InitialParallelism.of(ANY, new WorkEstimate(1e6, 0.2))).isEqualTo(6);
        assertThat(InitialParallelism.of(ANY, WorkEstimate.guess(Expense.Normal)))
                .isEqualTo(1);
        assertThat(InitialParallelism.of(ANY, WorkEstimate.guess(Expense.Heavy)))
                .isEqualTo(6);
    }

    @Test
    void theRangeThatTheJobDeclaresHolds() {
        var workEstimate = new WorkEstimate(1e6, 0.2);
        assertThat(InitialParallelism.of(new Envelope(1000, 0, 1, 0, 1, 2), workEstimate))
                .isEqualTo(2);
        assertThat(InitialParallelism.of(new Envelope(1000, 0, 1, 0, 16, 64), workEstimate))
                .isEqualTo(16);
        assertThat(InitialParallelism.of(new Envelope(1000, 0, 1, 0, 2, 64), workEstimate))
                .isEqualTo(2);
    }
}

package dev.smartdispatcher.operator.dispatch.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.demand.Expense;
import org.junit.jupiter.api.Test;

class FootingTest {
    private static final Envelope ANY = new Envelope(1000, 0, 1, 0, 1, 64);

    @Test
    void longJobsBeginWithSeveralCores() {
        assertThat(Footing.of(ANY, new Effort(3000, 0.2))).isEqualTo(1);
        assertThat(Footing.of(ANY, new Effort(7000, 0.2))).isEqualTo(4);
        assertThat(Footing.of(ANY, new Effort(1e6, 0.2))).isEqualTo(6);
        assertThat(Footing.of(ANY, Effort.guess(Expense.Normal))).isEqualTo(1);
        assertThat(Footing.of(ANY, Effort.guess(Expense.Heavy))).isEqualTo(6);
    }

    @Test
    void theRangeThatTheJobDeclaresHolds() {
        var effort = new Effort(1e6, 0.2);
        assertThat(Footing.of(new Envelope(1000, 0, 1, 0, 1, 2), effort)).isEqualTo(2);
        assertThat(Footing.of(new Envelope(1000, 0, 1, 0, 16, 64), effort)).isEqualTo(16);
        assertThat(Footing.of(new Envelope(1000, 0, 1, 0, 2, 64), effort)).isEqualTo(2);
    }
}

package dev.smartdispatcher.operator.dispatch.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.Expense;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FootingTest {
    private static final Envelope ANY = new Envelope(1000, 0, 1, 0, 1, 64);

    @Test
    void longJobsBeginWithSeveralCores() {
        assertThat(least(ANY, new Effort(2000, 0.2), Expense.Normal, 64)).isEqualTo(1);
        assertThat(least(ANY, new Effort(10_000, 0.2), Expense.Normal, 64)).isEqualTo(4);
        assertThat(least(ANY, new Effort(1e6, 0.2), Expense.Normal, 64)).isEqualTo(6);
        assertThat(least(ANY, new Effort(100, 0.2), Expense.Heavy, 64)).isEqualTo(4);
    }

    @Test
    void noMoreThanTheLargestWorkerHas() {
        assertThat(least(ANY, new Effort(1e6, 0.2), Expense.Heavy, 3)).isEqualTo(3);
        assertThat(least(ANY, new Effort(1e6, 0.2), Expense.Heavy, 0)).isEqualTo(1);
    }

    @Test
    void theRangeThatTheJobDeclaresHolds() {
        var narrow = new Envelope(1000, 0, 1, 0, 1, 2);
        assertThat(least(narrow, new Effort(1e6, 0.2), Expense.Heavy, 64)).isEqualTo(2);
        var wide = new Envelope(1000, 0, 1, 0, 16, 64);
        assertThat(least(wide, new Effort(1e6, 0.2), Expense.Heavy, 64)).isEqualTo(16);
    }

    private static int least(Envelope envelope, Effort effort, Expense expense, int cores) {
        return Footing.firm(envelope, effort, expense, Set.of(new Room(cores * 1000L, 1000, 0, 10)))
                .least();
    }
}

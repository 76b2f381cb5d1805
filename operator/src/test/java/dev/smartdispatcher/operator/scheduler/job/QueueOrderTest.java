package dev.smartdispatcher.operator.scheduler.job;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.knownAs;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueueOrderTest {
    @Test
    void aStepOfPriorityIsWorthTenMinutes() {
        assertThat(order(queued(job("a"), 0, NOW.minusSeconds(601)), queued(job("b"), 1, NOW)))
                .containsExactly("a", "b");
        assertThat(order(queued(job("a"), 0, NOW.minusSeconds(599)), queued(job("b"), 1, NOW)))
                .containsExactly("b", "a");
    }

    @Test
    void shortJobsGoBeforeLongerOnesOfTheSameAge() {
        assertThat(order(worth("a", 2000), worth("b", 50), job("c"))).containsExactly("b", "c", "a");
    }

    @Test
    void noWorkIsWorthMoreThanTwoAndAHalfMinutes() {
        assertThat(order(queued(worth("a", 1e6), 0, NOW.minusSeconds(151)), worth("b", 1)))
                .containsExactly("a", "b");
        assertThat(order(queued(worth("a", 1e6), 0, NOW.minusSeconds(149)), worth("b", 1)))
                .containsExactly("b", "a");
    }

    @Test
    void theLongestAreInOrderOfAge() {
        assertThat(order(worth("b", 4000), queued(worth("a", 1e6), 0, NOW.minusMillis(1))))
                .containsExactly("a", "b");
    }

    @Test
    void theKeyBreaksTies() {
        assertThat(order(job("b"), job("a"))).containsExactly("a", "b");
    }

    private static PendingJob worth(String name, double coreSeconds) {
        return knownAs(job(name), new WorkEstimate(coreSeconds, 0.1));
    }

    private static Stream<String> order(PendingJob... jobs) {
        return Stream.of(jobs).sorted(QueueOrder.BY_RANK).map(j -> j.key().name());
    }
}

package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.failedOn;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.placement;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.waiting;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a job goes of which an attempt has failed. */
class TryingAgainTest {
    private final Worker fast = worker("fast", Architecture.x86_64, 8, 64).withMeasuredSpeed(OptionalInt.of(400));
    private final Worker slow = worker("slow", Architecture.x86_64, 2, 64).withMeasuredSpeed(OptionalInt.of(20));

    @ParameterizedTest
    @EnumSource
    void aJobGoesAnywhereRatherThanWhereItFailed(Expense expense) {
        for (var bad : List.of(fast, slow)) {
            var good = bad == fast ? slow : fast;
            var plan = new Farm()
                    .add(fast)
                    .add(slow)
                    .add(failedOn(with(sized(job("again"), 1, 1), expense), bad.name()))
                    .run();
            assertThat(placement(plan, "again").worker()).isEqualTo(good);
        }
    }

    @Test
    void itGoesThereIfNoOtherHasRoom() {
        var plan = new Farm()
                .add(fast)
                .add(slow)
                .running("slow", 2, Optional.empty())
                .add(failedOn(job("again"), "fast"))
                .run();
        assertThat(placement(plan, "again").worker()).isEqualTo(fast);
    }

    @Test
    void whereItFailedEverywhereTheBestOneCounts() {
        var plan = new Farm()
                .add(fast)
                .add(slow)
                .add(failedOn(job("again"), "fast", "slow"))
                .run();
        assertThat(placement(plan, "again").worker()).isEqualTo(fast);
    }

    @Test
    void roomIsKeptWhereItHasNotFailed() {
        var plan = new Farm()
                .add(fast)
                .add(slow)
                .running("fast", 8, Optional.empty())
                .running("slow", 2, Optional.empty())
                .add(failedOn(job("again"), "fast"))
                .run();
        assertThat(waiting(plan, "again").explanation().reservedWorker()).contains("slow");
    }
}

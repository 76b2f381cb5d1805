package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker that keeps something for a job is taken before others that are about as good, and not before much better ones. */
class WarmChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "100, Normal, cold",
        "90, Normal, warm",
        "90, Light, warm",
        "90, Heavy, warm",
        "50, Normal, warm",
    })
    void amongEquals(int percent, Expense expense, String chosen) {
        assertThat(chosen(100, percent, expense)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"150, 90, cold", "150, 50, warm", "300, 50, cold"})
    void notBeforeOneThatIsSooner(int speedOfCold, int percent, String chosen) {
        assertThat(chosen(speedOfCold, percent, Expense.Normal)).isEqualTo(chosen);
    }

    /** By name the cold one is the first. */
    private static String chosen(int speedOfCold, int percent, Expense expense) {
        var farm = new Farm()
                .add(worker("cold", Architecture.x86_64, 4, 8).withMeasuredSpeed(OptionalInt.of(speedOfCold)))
                .add(worker("warm", Architecture.x86_64, 4, 8).withMeasuredSpeed(OptionalInt.of(100)))
                .add(sized(job("j"), 1, 1).withExpense(expense).withWarm(Map.of("warm", percent)));
        var twin = new Twin(farm.snapshot());
        var plan = twin.cycle();
        assertThat(plan.placements()).isEqualTo(twin.plain().placements());
        return Farm.placement(plan, "j").worker().name();
    }
}

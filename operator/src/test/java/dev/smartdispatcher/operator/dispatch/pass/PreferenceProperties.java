package dev.smartdispatcher.operator.dispatch.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.Expense;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What a search relies on that stops early. */
class PreferenceProperties {
    @Property(seed = "42")
    void slowerWorkersAndFewerMakeJobsAreNeverBetter(
            @ForAll @DoubleRange(min = -80, max = 80) double fast,
            @ForAll @DoubleRange(min = 0, max = 40) double slower,
            @ForAll @IntRange(min = 1, max = 2000) int few,
            @ForAll @IntRange(min = 0, max = 2000) int more) {
        for (var expense : new Expense[] {Expense.Normal, Expense.Heavy}) {
            assertThat(Preference.first(expense, 100, fast, few + more))
                    .isLessThanOrEqualTo(Preference.first(expense, 100, fast + slower, few));
        }
    }
}

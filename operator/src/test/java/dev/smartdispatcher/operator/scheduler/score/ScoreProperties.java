package dev.smartdispatcher.operator.scheduler.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What a search relies on that stops early. */
class ScoreProperties {
    private static final int NATIVE = 100;

    @Property(seed = "42")
    void noSlowerWorkerIsBetterThanTheBound(
            @ForAll int seed,
            @ForAll @IntRange(min = 1, max = 500) int slow,
            @ForAll @IntRange(max = 2000) int faster,
            @ForAll @IntRange(min = NATIVE, max = 900) int penalty,
            @ForAll @DoubleRange(max = 20) double leastPrice,
            @ForAll @DoubleRange(max = 5) double dearer) {
        var job = RandomFarms.job("job", 0, new Random(seed));
        double bound = Score.leastFirst(job, NATIVE, Score.slowness(penalty, slow + faster), leastPrice);
        for (int n = job.envelope().least(); n <= job.envelope().most(); n++) {
            assertThat(first(job, penalty, slow, n, leastPrice + dearer)).isGreaterThanOrEqualTo((long) bound);
        }
    }

    /** On the worker that keeps most for it. */
    private static long first(PendingJob job, int penalty, int speed, int parallelism, double price) {
        return Score.first(job, penalty, Score.slowness(penalty, speed), parallelism, price, job.leastPercent());
    }

    @Property(seed = "42")
    void nothingButThePenaltyCountsForLightJobs(
            @ForAll int seed,
            @ForAll @IntRange(min = 1, max = 500) int speed,
            @ForAll @IntRange(min = 1, max = 9) int n) {
        var job = RandomFarms.job("job", 0, new Random(seed));
        if (job.expense() == Expense.Light) {
            assertThat(first(job, NATIVE, speed, n, 1)).isEqualTo(NATIVE * (long) job.leastPercent());
        }
    }
}

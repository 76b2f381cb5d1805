package dev.smartdispatcher.operator.scheduler.score;

import static dev.smartdispatcher.operator.testing.Draw.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import dev.smartdispatcher.operator.testing.Seeds;
import org.junit.jupiter.api.Test;

/** What a search relies on that stops early. */
class ScoreProperties {
    private static final int NATIVE = 100;

    @Test
    void noSlowerWorkerIsBetterThanTheBound() {
        Seeds.check(1000, random -> {
            var slow = between(random, 1, 500);
            var faster = between(random, 0, 2000);
            var penalty = between(random, NATIVE, 900);
            var leastPrice = 20 * random.nextDouble();
            var dearer = 5 * random.nextDouble();
            var job = RandomFarms.job("job", 0, random);
            double bound = Score.leastFirst(job, NATIVE, Score.slowness(penalty, slow + faster), leastPrice);
            for (int n = job.envelope().least(); n <= job.envelope().most(); n++) {
                assertThat(first(job, penalty, slow, n, leastPrice + dearer)).isGreaterThanOrEqualTo((long) bound);
            }
        });
    }

    /** On the worker that keeps most for it. */
    private static long first(PendingJob job, int penalty, int speed, int parallelism, double price) {
        return Score.first(job, penalty, Score.slowness(penalty, speed), parallelism, price, job.leastPercent());
    }

    @Test
    void nothingButThePenaltyCountsForLightJobs() {
        Seeds.check(1000, random -> {
            var speed = between(random, 1, 500);
            var n = between(random, 1, 9);
            var job = RandomFarms.job("job", 0, random);
            if (job.expense() == Expense.Light) {
                assertThat(first(job, NATIVE, speed, n, 1)).isEqualTo(NATIVE * (long) job.leastPercent());
            }
        });
    }
}

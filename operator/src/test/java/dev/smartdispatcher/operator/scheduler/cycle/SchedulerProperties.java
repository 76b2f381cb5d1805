package dev.smartdispatcher.operator.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import dev.smartdispatcher.operator.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The core with memory decides as the plain pass does, whatever has happened before. */
class SchedulerProperties {
    @Test
    void decidesAsThePlainPass() {
        Seeds.check(3000, random -> {
            var snapshot = RandomFarms.snapshot(random);
            var twin = new Twin(snapshot);
            assertThat(twin.cycle()).isEqualTo(twin.plain());
        });
    }

    @Test
    void decidesAsThePlainPassAfterEachOfManyChanges() {
        Seeds.check(1500, random -> {
            compare(random, new Twin(RandomFarms.snapshot(random)));
        });
    }

    @Test
    void decidesAsThePlainPassOnLargerFarms() {
        Seeds.check(40, random -> {
            compare(random, new Twin(RandomFarms.snapshot(random, 24, 50)));
        });
    }

    /** Where there are more workers than are compared for a job. */
    @Test
    void decidesAsThePlainPassWhereNotAllWorkersAreCompared() {
        Seeds.check(1000, random -> {
            compare(random, new Twin(RandomFarms.snapshot(random, 12, 15), 1 + random.nextInt(4)));
        });
    }

    private static void compare(Random random, Twin twin) {
        for (int cycle = 0; cycle < 12; cycle++) {
            int most = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
            twin.plan(most);
            assertThat(twin.cycle(most)).as("cycle " + cycle).isEqualTo(twin.plain());
            for (int change = random.nextInt(5); change > 0; change--) {
                twin.change(random);
            }
            if (random.nextInt(3) > 0) {
                twin.later(random.nextInt(1200));
            }
        }
    }
}

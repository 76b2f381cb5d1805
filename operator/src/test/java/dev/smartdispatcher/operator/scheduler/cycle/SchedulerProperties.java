package dev.smartdispatcher.operator.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The core with memory decides as the plain pass does, whatever has happened before. */
class SchedulerProperties {
    @Provide
    Arbitrary<Snapshot> farms() {
        return RandomFarms.snapshots();
    }

    @Property(seed = "42", tries = 3000)
    void decidesAsThePlainPass(@ForAll("farms") Snapshot snapshot) {
        var twin = new Twin(snapshot);
        assertThat(twin.cycle()).isEqualTo(twin.plain());
    }

    @Property(seed = "42", tries = 1500)
    void decidesAsThePlainPassAfterEachOfManyChanges(@ForAll long seed) {
        var random = new Random(seed);
        compare(seed, random, new Twin(RandomFarms.snapshot(random)));
    }

    @Property(seed = "42", tries = 40)
    void decidesAsThePlainPassOnLargerFarms(@ForAll long seed) {
        var random = new Random(seed);
        compare(seed, random, new Twin(RandomFarms.snapshot(random, 24, 50)));
    }

    /** Where there are more workers than are compared for a job. */
    @Property(seed = "42", tries = 1000)
    void decidesAsThePlainPassWhereNotAllWorkersAreCompared(@ForAll long seed) {
        var random = new Random(seed);
        compare(seed, random, new Twin(RandomFarms.snapshot(random, 12, 15), 1 + random.nextInt(4)));
    }

    private static void compare(long seed, Random random, Twin twin) {
        for (int cycle = 0; cycle < 12; cycle++) {
            int most = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
            twin.plan(most);
            assertThat(twin.cycle(most))
                    .as("pass " + cycle + " of seed " + seed)
                    .isEqualTo(twin.plain());
            for (int change = random.nextInt(5); change > 0; change--) {
                twin.change(random);
            }
            if (random.nextInt(3) > 0) {
                twin.later(random.nextInt(1200));
            }
        }
    }
}

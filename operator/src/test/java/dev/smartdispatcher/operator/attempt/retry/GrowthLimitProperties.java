package dev.smartdispatcher.operator.attempt.retry;

import static dev.smartdispatcher.operator.testing.Draw.between;
import static dev.smartdispatcher.operator.testing.Draw.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.filter.Inodes;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import dev.smartdispatcher.operator.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No job becomes unbuildable by growing. */
class GrowthLimitProperties {
    private static final long MOST = 1L << 52;

    private static Envelope declared(Random random) {
        return new Envelope(500, amount(random), amount(random), amount(random), between(random, 1, 64), 64);
    }

    private static List<Worker> workers(Random random) {
        return list(random, 5, r -> worker(between(r, 0, 64), amount(r), amount(r), Inodes.counted(amount(r))));
    }

    private static long amount(Random random) {
        return between(random, 0, MOST);
    }

    private static Worker worker(int cores, long memory, long disk, long inodes) {
        var ordinary = Farm.worker("w", Architecture.x86_64, cores, 1);
        return ordinary.with(new Room(cores * 1000L, memory, disk, 1), ordinary.closed(), ordinary.endBy())
                .withFreeInodes(inodes);
    }

    private static boolean hosts(Worker worker, Envelope envelope) {
        return envelope.misfit(worker.budget()).isEmpty() && Inodes.needed(envelope.disk()) <= worker.freeInodes();
    }

    private static Envelope grown(Envelope declared, long times, long disk) {
        return new Envelope(
                declared.cpuMillis(),
                declared.base() * times,
                declared.perProcess() * times,
                Math.max(disk, declared.disk()),
                declared.least(),
                declared.most());
    }

    @Test
    void whatSomeWorkerCouldHostBeforeSomeWorkerCouldHostAfter() {
        Seeds.check(1000, random -> {
            var declared = declared(random);
            var times = between(random, 1, 8);
            var disk = between(random, 0L, MOST);
            var workers = workers(random);
            var matching = workers.stream()
                    .filter(w -> Inodes.needed(declared.disk()) <= w.freeInodes())
                    .toList();
            var grown = grown(declared, times, disk);
            var limited = GrowthLimit.within(declared, grown, matching);
            if (matching.stream().anyMatch(w -> hosts(w, declared))) {
                assertThat(matching).anyMatch(w -> hosts(w, limited));
            } else {
                assertThat(limited).isEqualTo(declared);
            }
            if (matching.stream().anyMatch(w -> hosts(w, grown))) {
                assertThat(limited).isEqualTo(grown);
            }
            assertThat(limited.base()).isBetween(declared.base(), grown.base());
            assertThat(limited.perProcess()).isBetween(declared.perProcess(), grown.perProcess());
            assertThat(limited.disk()).isBetween(declared.disk(), grown.disk());
        });
    }

    @Test
    void soMuchDiskIsTheMostForItsInodes() {
        Seeds.check(1000, random -> {
            var free = between(random, 0L, 1L << 40);
            long counted = Inodes.counted(free);
            long disk = Inodes.mostDisk(counted);
            assertThat(Inodes.needed(disk)).isLessThanOrEqualTo(counted);
            assertThat(Inodes.needed(disk + 1)).isGreaterThan(counted);
        });
    }
}

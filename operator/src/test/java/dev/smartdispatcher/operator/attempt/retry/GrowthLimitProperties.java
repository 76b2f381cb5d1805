package dev.smartdispatcher.operator.attempt.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.filter.Inodes;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** No job becomes unbuildable by growing. */
class GrowthLimitProperties {
    private static final long MOST = 1L << 52;

    @Provide
    Arbitrary<Envelope> declared() {
        return Combinators.combine(
                        amounts(), amounts(), amounts(), Arbitraries.integers().between(1, 64))
                .as((base, perProcess, disk, least) -> new Envelope(500, base, perProcess, disk, least, 64));
    }

    @Provide
    Arbitrary<List<Worker>> workers() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 64),
                        amounts(),
                        amounts(),
                        amounts().map(Inodes::counted))
                .as(GrowthLimitProperties::worker)
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<Long> amounts() {
        return Arbitraries.longs().between(0, MOST);
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

    @Property(seed = "42")
    void whatSomeWorkerCouldHostBeforeSomeWorkerCouldHostAfter(
            @ForAll("declared") Envelope declared,
            @ForAll @LongRange(min = 1, max = 8) long times,
            @ForAll @LongRange(min = 0, max = MOST) long disk,
            @ForAll("workers") List<Worker> workers) {
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
    }

    @Property(seed = "42")
    void soMuchDiskIsTheMostForItsInodes(@ForAll @LongRange(min = 0, max = 1L << 40) long free) {
        long counted = Inodes.counted(free);
        long disk = Inodes.mostDisk(counted);
        assertThat(Inodes.needed(disk)).isLessThanOrEqualTo(counted);
        assertThat(Inodes.needed(disk + 1)).isGreaterThan(counted);
    }
}

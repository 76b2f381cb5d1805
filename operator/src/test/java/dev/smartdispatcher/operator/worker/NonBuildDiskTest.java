package dev.smartdispatcher.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.AgentFactsBuilder;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A disk of 128 GiB, of which the kubelet wants 12.8 to stay free; a step is one GiB. */
class NonBuildDiskTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final long GI = 1L << 30;
    private static final long CAPACITY = 128 * GI;
    private static final long MOST = CAPACITY - CAPACITY / 10;

    private int seconds;

    private AgentFacts free(long gib) {
        seconds += 60;
        return facts(NOW.plusSeconds(seconds), new DiskFacts(new Quantity("128Gi"), new Quantity(gib + "Gi"), null));
    }

    private static AgentFacts facts(Instant observed, DiskFacts disk) {
        return AgentFactsBuilder.builder().observedTime(observed).disk(disk).build();
    }

    private static long left(NonBuildDisk disk, AgentFacts facts) {
        return disk.left(facts);
    }

    @Test
    void whereNobodyBuildsAllThatIsUsedIsTheOthers() {
        var facts = free(28);
        assertThat(left(NonBuildDisk.UNKNOWN.next(facts, 0), facts)).isEqualTo(MOST - 100 * GI);
    }

    @Test
    void whatBuildsWriteIsNotCountedBesideWhatTheyWereGiven() {
        var begun = NonBuildDisk.UNKNOWN.next(free(100), 0);
        var facts = free(60);
        assertThat(left(begun.next(facts, 40 * GI), facts)).isEqualTo(MOST - 28 * GI);
    }

    @Test
    void whatBuildsHaveYetToWriteIsKeptForThem() {
        var begun = NonBuildDisk.UNKNOWN.next(free(100), 0);
        var facts = free(98);
        assertThat(left(begun.next(facts, 40 * GI), facts)).isEqualTo(MOST - 28 * GI);
    }

    @Test
    void whatBuildsCannotHaveWrittenIsTheOthers() {
        var begun = NonBuildDisk.UNKNOWN.next(free(100), 0);
        var facts = free(50);
        assertThat(left(begun.next(facts, 40 * GI), facts)).isEqualTo(MOST - 38 * GI);
    }

    @Test
    void aBuildThatHasJustEndedMayStillBeInTheFigure() {
        var busy = NonBuildDisk.UNKNOWN.next(free(100), 0).next(free(60), 40 * GI);
        var facts = free(60);
        var ended = busy.next(facts, 0);
        assertThat(left(ended, facts)).isEqualTo(MOST - 28 * GI);
        var later = free(60);
        assertThat(left(ended.next(later, 0), later)).isEqualTo(MOST - 68 * GI);
    }

    @Test
    void othersThatDeleteMakeRoom() {
        var facts = free(110);
        assertThat(left(NonBuildDisk.UNKNOWN.next(free(28), 0).next(facts, 0), facts))
                .isEqualTo(MOST - 18 * GI);
    }

    @Test
    void anOperatorThatBeginsWhileBuildsRunBelievesWhatIsFree() {
        var facts = free(60);
        assertThat(left(NonBuildDisk.UNKNOWN.next(facts, 40 * GI), facts)).isEqualTo(MOST - 28 * GI);
    }

    @Test
    void aDiskOfWhichNothingIsKnownBoundsNothing() {
        var facts = facts(NOW, null);
        assertThat(left(NonBuildDisk.UNKNOWN.next(facts, 0), facts)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatCannotBeTrueLeavesNothing() {
        var facts = facts(NOW, new DiskFacts(new Quantity("128Gi"), new Quantity("0"), null));
        assertThat(left(NonBuildDisk.UNKNOWN.next(facts, 0), facts)).isZero();
    }
}

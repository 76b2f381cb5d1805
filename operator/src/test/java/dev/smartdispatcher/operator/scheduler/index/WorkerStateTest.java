package dev.smartdispatcher.operator.scheduler.index;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each attempt on a worker would leave to others if it took nothing. */
class WorkerStateTest {
    private static final Room LARGE = new Room(3000, 2 * GI, GI, 1);
    private static final Room SMALL = new Room(1000, GI, GI, 1);

    private final WorkerStates states = new WorkerStates(ModePenalty.STANDARD);
    private final Claim large = claim("large", LARGE);
    private final Claim small = claim("small", SMALL);

    private static Claim claim(String uid, Room room) {
        return new Claim(new Claim.AttemptId(uid, 1), "t", "w", room, Optional.empty());
    }

    private WorkerState withCores(int cores) {
        states.set(states.of("w"), Optional.of(worker("w", Architecture.x86_64, cores, 16)));
        states.claim(large);
        states.claim(small);
        return states.of("w");
    }

    @Test
    void allThatAnAttemptTakesCouldBeReclaimed() {
        assertThat(withCores(8).reclaimable()).isEqualTo(Map.of(large.id(), LARGE, small.id(), SMALL));
    }

    @Test
    void whatTheBudgetFellShortIsCoveredFirst() {
        var onlyCpuIsShort = withCores(2).reclaimable();
        assertThat(onlyCpuIsShort.get(large.id())).isEqualTo(new Room(1000, 2 * GI, GI, 1));
        assertThat(onlyCpuIsShort.get(small.id())).isEqualTo(new Room(0, GI, GI, 1));
    }

    @Test
    void nothingIsReclaimedFromAWorkerThatIsGone() {
        withCores(8);
        states.set(states.of("w"), Optional.empty());
        assertThat(states.of("w").reclaimable()).isEmpty();
    }

    @Test
    void nothingIsReclaimedFromAnAttemptThatHasEnded() {
        withCores(8);
        states.release(large.id(), "w");
        assertThat(states.of("w").reclaimable()).containsOnlyKeys(small.id());
    }
}

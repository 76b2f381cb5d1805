package dev.smartdispatcher.operator.scheduler.index;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nodes come and go under names that are not used again. */
class WorkerStatesTest {
    private final WorkerStates states = new WorkerStates(ModePenalty.STANDARD);

    @Test
    void aWorkerThatIsGoneLeavesNothing() {
        states.set(states.of("w"), Optional.of(worker("w", Architecture.x86_64, 1, 1)));
        states.set(states.of("w"), Optional.empty());
        assertThat(states.all()).isEmpty();
    }

    @Test
    void aWorkerThatIsGoneIsKnownWhileSomethingMayRunThere() {
        var claim = new Claim(new Claim.AttemptId("uid", 1), "t", "w", new Room(1000, 1, 1, 1), Optional.empty());
        states.set(states.of("w"), Optional.of(worker("w", Architecture.x86_64, 1, 1)));
        states.claim(claim);
        states.set(states.of("w"), Optional.empty());
        assertThat(states.all()).hasSize(1);
        states.release(claim.id(), "w");
        assertThat(states.all()).isEmpty();
    }
}

package dev.smartdispatcher.operator.dispatch.index;

import static dev.smartdispatcher.operator.dispatch.pass.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nodes come and go under names that are not used again. */
class SlotsTest {
    private final Slots slots = new Slots(ModePenalty.STANDARD);

    @Test
    void aWorkerThatIsGoneLeavesNothing() {
        slots.set(slots.of("w"), Optional.of(worker("w", Architecture.x86_64, 1, 1)));
        slots.set(slots.of("w"), Optional.empty());
        assertThat(slots.all()).isEmpty();
    }

    @Test
    void aWorkerThatIsGoneIsKnownWhileSomethingMayRunThere() {
        var claim = new Claim(new Claim.AttemptId("uid", 1), "t", "w", new Room(1000, 1, 1, 1), Optional.empty());
        slots.set(slots.of("w"), Optional.of(worker("w", Architecture.x86_64, 1, 1)));
        slots.claim(claim);
        slots.set(slots.of("w"), Optional.empty());
        assertThat(slots.all()).hasSize(1);
        slots.release(claim.id(), "w");
        assertThat(slots.all()).isEmpty();
    }
}

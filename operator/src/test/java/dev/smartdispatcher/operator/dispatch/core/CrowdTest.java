package dev.smartdispatcher.operator.dispatch.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.dispatch.explain.Wait;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.pass.Farm;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import dev.smartdispatcher.operator.dispatch.sizing.Envelope;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * As many jobs of one tenant as a small heap holds do not slow another tenant's first job. What is compared is work, the looks at
 * jobs that placing costs: it is the same on every machine.
 */
class CrowdTest {
    private static final int FEW = 2_000;
    private static final int MANY = 200_000;
    /** Jobs that one look passes over, at least: half of a full block. */
    private static final int BLOCK = 128;

    /** The second because room was kept for one that started in the first. */
    private static final int ROUNDS = 2;

    private static final Claim.AttemptId RUNNING = new Claim.AttemptId("running", 1);

    private final Dispatcher dispatcher = new Dispatcher(ModePenalty.STANDARD, Shares.STANDARD, Farm.NOW);
    private long looks;

    /** A farm whose one worker is full, and a crowd of jobs of one tenant that all could build there. */
    private CrowdTest crowded(int jobs) {
        dispatcher.put(Farm.worker("w", Architecture.x86_64, 8, 64));
        dispatcher.put(new Claim(RUNNING, "other", "w", new Room(8000, 0, 0, 1), Optional.empty()));
        for (int i = 0; i < jobs; i++) {
            dispatcher.put(crowd(i));
        }
        return this;
    }

    private static PendingJob crowd(int i) {
        var envelope = new Envelope(1000, 0, Farm.GI + i % 97, Farm.GI, 1 + i % 4, 8);
        return Farm.of("crowd", Farm.with(Farm.job("crowd-" + i), envelope));
    }

    private Outcome pass() {
        return dispatcher.pass(Farm.NOW, Dispatcher.MOST_AT_ONCE, new Phase.Listener() {
            @Override
            public void finished(Phase phase) {}

            @Override
            public void looked(long times) {
                looks += times;
            }
        });
    }

    private static PendingJob guest() {
        return Farm.of("guest", Farm.sized(Farm.job("guest"), 1, 1));
    }

    /** The looks that it costs to place a guest's job once some cores are free, of which one is kept for the first of the crowd. */
    private long placed(int jobs) {
        crowded(jobs);
        while (pass().behind()) {
            // The crowd settles.
        }
        looks = 0;
        dispatcher.put(guest());
        dispatcher.put(new Claim(RUNNING, "other", "w", new Room(4000, 0, 0, 1), Optional.empty()));
        var outcome = pass();
        // The crowd pays for the core that is kept for it.
        assertThat(outcome.placements()).extracting(p -> p.job().tenant()).startsWith("guest", "crowd");
        return looks;
    }

    @Test
    void freedCoresGoToTheGuestAtTheCostOfALookAtEachBlockOfTheCrowd() {
        long few = new CrowdTest().placed(FEW);
        long many = new CrowdTest().placed(MANY);
        assertThat(many).isLessThanOrEqualTo(few + ROUNDS * (MANY - FEW) / BLOCK);
    }

    /** The crowd comes at once, and the guest after it. */
    @Test
    void theGuestIsServedInTheFirstPassHoweverManyCameBefore() {
        crowded(MANY);
        dispatcher.release(RUNNING, "w");
        dispatcher.put(guest());
        assertThat(pass().placements()).extracting(p -> p.job().tenant()).contains("guest");
    }

    @Test
    void theGuestIsToldWhyItWaitsInTheFirstPassToo() {
        crowded(MANY);
        dispatcher.put(guest());
        assertThat(pass().waits())
                .extracting(Wait::job)
                .extracting(k -> k.namespace())
                .contains("guest");
    }
}

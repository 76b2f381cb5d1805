package dev.smartdispatcher.operator.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * As many jobs of one tenant as a small heap holds do not slow another tenant's first job. What is compared is work, the looks at
 * jobs that placing costs: it is the same on every machine.
 */
class LongQueueTest {
    private static final int FEW = 2_000;
    private static final int MANY = 200_000;
    /** Jobs that one look passes over, at least: half of a full chunk. */
    private static final int BLOCK = 128;

    /** The second because room was reserved for one that started in the first. */
    private static final int ROUNDS = 2;

    private static final Claim.AttemptId RUNNING = new Claim.AttemptId("running", 1);

    private final Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, Farm.NOW);
    private long looks;

    /** A farm whose one worker is full, and a crowd of jobs of one tenant that all could build there. */
    private LongQueueTest crowded(int jobs) {
        scheduler.put(Farm.worker("w", Architecture.x86_64, 8, 64));
        scheduler.put(new Claim(RUNNING, "other", "w", new Room(8000, 0, 0, 1), Optional.empty()));
        for (int i = 0; i < jobs; i++) {
            scheduler.put(noRoom(i));
        }
        return this;
    }

    private static PendingJob noRoom(int i) {
        var envelope = new Envelope(1000, 0, Farm.GI + i % 97, Farm.GI, 1 + i % 4, 8);
        return Farm.of("crowd", Farm.with(Farm.job("crowd-" + i), envelope));
    }

    private CycleResult cycle() {
        return scheduler.runCycle(Farm.NOW, Scheduler.MOST_AT_ONCE, new CyclePhase.Listener() {
            @Override
            public void finished(CyclePhase phase) {}

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
        while (cycle().behind()) {
            // The crowd settles.
        }
        looks = 0;
        scheduler.put(guest());
        scheduler.put(new Claim(RUNNING, "other", "w", new Room(4000, 0, 0, 1), Optional.empty()));
        var outcome = cycle();
        // The crowd pays for the core that is kept for it.
        assertThat(outcome.placements()).extracting(p -> p.job().tenant()).startsWith("guest", "crowd");
        return looks;
    }

    @Test
    void freedCoresGoToTheGuestAtTheCostOfALookAtEachBlockOfTheCrowd() {
        long few = new LongQueueTest().placed(FEW);
        long many = new LongQueueTest().placed(MANY);
        assertThat(many).isLessThanOrEqualTo(few + ROUNDS * (MANY - FEW) / BLOCK);
    }

    /** The crowd comes at once, and the guest after it. */
    @Test
    void theGuestIsServedInTheFirstPassHoweverManyCameBefore() {
        crowded(MANY);
        scheduler.release(RUNNING, "w");
        scheduler.put(guest());
        assertThat(cycle().placements()).extracting(p -> p.job().tenant()).contains("guest");
    }

    @Test
    void theGuestIsToldWhyItWaitsInTheFirstPassToo() {
        crowded(MANY);
        scheduler.put(guest());
        assertThat(cycle().waits())
                .extracting(Wait::job)
                .extracting(k -> k.namespace())
                .contains("guest");
    }
}

package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.avoiding;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.closed;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.endingBy;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With how many make jobs a long job begins: six, if some worker that matches could ever give it so many. */
class LongJobsTest {
    private static final PendingJob HEAVY = with(job("heavy"), Expense.Heavy);

    private final Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);

    @Test
    void aLongJobWaitsForItsCoresAndSaysSo() {
        fill(worker("w", Architecture.x86_64, 8, 64), 4);
        assertThat(started(HEAVY)).isEmpty();
        assertThat(message()).contains("1 NoRoom (needs 6 CPU, 6Gi memory, 1Gi disk with parallelism 6)");
        fill(worker("w", Architecture.x86_64, 8, 64), 2);
        assertThat(started(HEAVY)).containsExactly(6);
    }

    @Test
    void itBeginsWithWhatTheLargestWorkerCouldGive() {
        scheduler.put(worker("small", Architecture.x86_64, 2, 64));
        scheduler.put(worker("short", Architecture.x86_64, 8, 3));
        scheduler.put(worker("other", Architecture.aarch64, 64, 64));
        assertThat(started(HEAVY)).containsExactly(3);
    }

    @Test
    void itBeginsWithLessWhenTheLargestWorkerGoes() {
        fill(worker("large", Architecture.x86_64, 8, 64), 8);
        scheduler.put(worker("small", Architecture.x86_64, 2, 64));
        assertThat(started(HEAVY)).isEmpty();
        assertThat(message()).contains("1 TooLittleCpu (needs 6 CPU with parallelism 6; nearest: small has 2)");
        scheduler.removeWorker("large");
        assertThat(started(HEAVY)).containsExactly(2);
    }

    @Test
    void aWorkerThatWillStopToTakeJobsDoesNotCount() {
        fill(worker("large", Architecture.x86_64, 8, 64), 8);
        scheduler.put(worker("small", Architecture.x86_64, 2, 64));
        assertThat(started(HEAVY)).isEmpty();
        scheduler.put(endingBy(worker("large", Architecture.x86_64, 8, 64), NOW.plusSeconds(3600)));
        assertThat(started(HEAVY)).containsExactly(2);
    }

    @Test
    void itWaitsForMoreWhenALargerWorkerComes() {
        fill(worker("small", Architecture.x86_64, 2, 64), 2);
        assertThat(started(HEAVY)).isEmpty();
        fill(worker("large", Architecture.x86_64, 8, 64), 4);
        assertThat(started(HEAVY)).isEmpty();
        assertThat(message()).contains("with parallelism 6");
    }

    @Test
    void whoBacksOffFromAWorkerTakesWhatItGetsElsewhere() {
        scheduler.put(worker("large", Architecture.x86_64, 8, 64));
        scheduler.put(worker("small", Architecture.x86_64, 2, 64));
        assertThat(started(avoiding(HEAVY, "large"))).containsExactly(2);
    }

    @Test
    void aRangeThatSaysMoreThanOneHolds() {
        fill(worker("w", Architecture.x86_64, 8, 64), 5);
        assertThat(started(sized(HEAVY, 2, 8))).containsExactly(3);
    }

    /** Of two jobs alike but for their length only the short one starts when the worker opens. */
    @Test
    void itStartsAfterAShortOneWhereItHasNoRoomForSix() {
        fill(closed(worker("w", Architecture.x86_64, 8, 64), Reason.Draining), 5);
        scheduler.put(HEAVY);
        scheduler.put(job("short"));
        assertThat(scheduler.runCycle(NOW).placements()).isEmpty();
        scheduler.put(worker("w", Architecture.x86_64, 8, 64));
        assertThat(scheduler.runCycle(NOW).placements())
                .extracting(p -> p.job().key().name())
                .containsExactly("short");
    }

    /** The worker, with so many of its cores in use. */
    private void fill(Worker worker, int cores) {
        scheduler.put(worker);
        scheduler.put(new Claim(
                new Claim.AttemptId("on-" + worker.name(), 1),
                "ns",
                worker.name(),
                new Room(cores * 1000L, cores * GI, GI, 1),
                Optional.empty()));
    }

    /** N of all that starts with the job. */
    private List<Integer> started(PendingJob job) {
        scheduler.put(job);
        return scheduler.runCycle(NOW).placements().stream()
                .map(Placement::parallelism)
                .toList();
    }

    private String message() {
        return scheduler
                .explain(HEAVY.key().uid())
                .map(Wait::explanation)
                .orElseThrow()
                .message();
    }
}

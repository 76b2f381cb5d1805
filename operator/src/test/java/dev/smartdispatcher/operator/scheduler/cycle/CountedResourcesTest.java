package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.of;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.explain.Explanation;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs that need what the farm has a number of. */
class CountedResourcesTest {
    private final Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, counting(Map.of("licence", 4)), NOW);

    CountedResourcesTest() {
        scheduler.put(worker("w", Architecture.x86_64, 64, 256));
    }

    private static Shares counting(Map<String, Integer> amounts) {
        return new Shares(Duration.ofHours(4), Map.of(), 25, amounts);
    }

    private static PendingJob needing(String name, Map<String, Integer> counted) {
        var one = sized(job(name), 1, 1);
        return with(one, one.requirements().withCounted(counted));
    }

    private List<String> starts() {
        return scheduler.runCycle(NOW).placements().stream()
                .map(p -> p.job().key().name())
                .sorted()
                .toList();
    }

    private Explanation wait(String job) {
        return scheduler.explain("uid-" + job).orElseThrow().explanation();
    }

    private static Claim running(String id, String worker, int licences) {
        var room = new Room(1000, GI, GI, 1);
        return new Claim(new Claim.AttemptId(id, 1), "other", worker, room, Optional.empty())
                .holding(Map.of("licence", licences));
    }

    @Test
    void noMoreStartThanTheAmountAllows() {
        scheduler.put(needing("a", Map.of("licence", 2)));
        scheduler.put(needing("b", Map.of("licence", 2)));
        scheduler.put(needing("c", Map.of("licence", 1)));
        scheduler.put(needing("d", Map.of()));
        assertThat(starts()).containsExactly("a", "b", "d");
        assertThat(wait("c").message()).isEqualTo("needs 1 of licence; free: 0 of 4, held by ns (4)");
    }

    /** What is released on a worker that is gone is free all the same. */
    @Test
    void whatEndsOnALostWorkerIsFree() {
        scheduler.put(running("one", "lost", 4));
        scheduler.put(needing("a", Map.of("licence", 1)));
        assertThat(starts()).isEmpty();
        long openings = scheduler.openings();
        scheduler.release(new Claim.AttemptId("one", 1), "lost");
        assertThat(scheduler.openings()).isGreaterThan(openings);
        assertThat(starts()).containsExactly("a");
    }

    @Test
    void aSmallerAmountGrantsNothingUntilItFits() {
        scheduler.put(running("one", "w", 2));
        scheduler.put(running("two", "w", 2));
        scheduler.share(counting(Map.of("licence", 2)));
        scheduler.put(needing("a", Map.of("licence", 1)));
        assertThat(starts()).isEmpty();
        assertThat(wait("a").message()).isEqualTo("needs 1 of licence; free: 0 of 2, held by other (4)");
        scheduler.release(new Claim.AttemptId("one", 1), "w");
        assertThat(starts()).isEmpty();
        scheduler.release(new Claim.AttemptId("two", 1), "w");
        assertThat(starts()).containsExactly("a");
    }

    @Test
    void aLargerAmountIsUsedAtOnce() {
        scheduler.put(needing("a", Map.of("licence", 5)));
        assertThat(starts()).isEmpty();
        assertThat(wait("a").reason()).isEqualTo(Reason.TooFewCounted);
        scheduler.share(counting(Map.of("licence", 5)));
        assertThat(starts()).containsExactly("a");
    }

    @Test
    void whatNobodyHasIsNamedFirst() {
        scheduler.put(running("one", "w", 4));
        scheduler.put(needing("a", Map.of("licence", 1, "zebra", 1)));
        assertThat(starts()).isEmpty();
        assertThat(wait("a").message()).isEqualTo("needs 1 of zebra, and the DispatchPolicy has none in spec.counted");
    }

    /** The worker that a job waits for in vain is told before the licence that it would get. */
    @Test
    void whatNoWorkerFitsIsToldSo() {
        scheduler.put(running("one", "w", 4));
        var huge = needing("huge", Map.of("licence", 1));
        scheduler.put(sized(huge, 1000, 1000));
        assertThat(starts()).isEmpty();
        assertThat(wait("huge").reason()).isEqualTo(Reason.NoWorkerFits);
    }

    /** Who holds it changes all the time: that alone is no cause to write again. */
    @Test
    void whoHoldsItIsNotPublishedEachTime() {
        scheduler.put(running("one", "w", 4));
        scheduler.put(needing("a", Map.of("licence", 1)));
        assertThat(scheduler.runCycle(NOW).waits()).hasSize(1);
        scheduler.release(new Claim.AttemptId("one", 1), "w");
        scheduler.put(running("two", "w", 2));
        scheduler.put(running("three", "w", 2));
        scheduler.put(worker("v", Architecture.x86_64, 1, 1));
        assertThat(scheduler.runCycle(NOW).waits()).isEmpty();
    }

    @Test
    void noRoomIsReservedForAJobThatLacksSomething() {
        scheduler.put(running("one", "lost", 4));
        scheduler.put(
                new Claim(new Claim.AttemptId("full", 1), "other", "w", new Room(64_000, GI, GI, 1), Optional.empty()));
        scheduler.put(of("poor", needing("a", Map.of("licence", 1))));
        assertThat(starts()).isEmpty();
        assertThat(scheduler.reserved()).isEmpty();
    }
}

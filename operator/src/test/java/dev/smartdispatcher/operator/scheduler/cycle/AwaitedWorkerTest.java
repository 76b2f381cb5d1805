package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.building;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.plain.Plan;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that could be emulated at once waits for a busy worker on which it is expected to finish earlier, but not for ever. */
class AwaitedWorkerTest {
    private static final Architecture TARGET = Architecture.armv7l;
    /** A normal job is guessed to be 100 s of one core, natively on an ordinary worker. With N = 4, emulation takes it 284 s. */
    private static final Duration EMULATED = Duration.ofMillis(284_000);

    private static Farm farm() {
        return new Farm()
                .add(worker("board", TARGET, 4, 8))
                .add(building(worker("server", Architecture.x86_64, 4, 8), TARGET, Mode.Emulated));
    }

    private static PendingJob arm(String name) {
        return with(sized(job(name), 1, 4), Requirements.of(TARGET));
    }

    /** What the scheduler decides, which is what the plain pass decides. */
    private static Plan run(Farm farm) {
        var twin = new Twin(farm.snapshot());
        var plan = twin.cycle();
        assertThat(plan).isEqualTo(twin.plain());
        return plan;
    }

    @ParameterizedTest
    @CsvSource({"60, true", "183, true", "184, false", "3600, false"})
    void itWaitsOnlyIfItFinishesEarlier(int boardEndsIn, boolean waits) {
        // On the board it is to have one core, and takes 100 s.
        var end = NOW.plusSeconds(boardEndsIn);
        var plan = run(farm().running("board", 4, Optional.of(end)).add(arm("j")));
        if (waits) {
            var explanation = Farm.waiting(plan, "j").explanation();
            assertThat(explanation.reason()).isEqualTo(Reason.FasterWorkerBusy);
            assertThat(explanation.message())
                    .isEqualTo(
                            "expected to finish earlier on board in mode Native, once there is room, than emulated on"
                                    + " another worker now");
            assertThat(explanation.estimatedStart()).contains(end);
            assertThat(explanation.reservedWorker()).isEmpty();
        } else {
            assertThat(Farm.placement(plan, "j").mode()).isEqualTo(Mode.Emulated);
        }
    }

    @Test
    void forABuildOfUnknownLengthItDoesNotWait() {
        var plan = run(farm().running("board", 4, Optional.empty()).add(arm("j")));
        assertThat(Farm.placement(plan, "j").mode()).isEqualTo(Mode.Emulated);
    }

    @Test
    void nobodyWaitsWhoWouldNotBeEmulated() {
        var slow = worker("slow", TARGET, 4, 8).withMeasuredSpeed(OptionalInt.of(20));
        var farm = farm().add(slow).running("board", 4, Optional.of(NOW.plusSeconds(10)));
        assertThat(Farm.placement(run(farm.add(arm("j"))), "j").worker().name()).isEqualTo("slow");
    }

    @Test
    void oneJobWaitsForEachWorker() {
        var farm = farm().running("board", 4, Optional.of(NOW.plusSeconds(60)));
        IntStream.range(0, 3).forEach(i -> farm.add(sized(arm("j" + i), 1, 1)));
        var plan = run(farm);
        assertThat(plan.waits())
                .singleElement()
                .satisfies(wait -> assertThat(wait.explanation().reason()).isEqualTo(Reason.FasterWorkerBusy));
        assertThat(plan.placements())
                .extracting(Placement::mode)
                .containsOnly(Mode.Emulated)
                .hasSize(2);
    }

    /** Whatever keeps coming before it, and however often what runs on the faster worker turns out to take longer. */
    @Test
    void itWaitsNoLongerThanEmulationWouldHaveTaken() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);
            farm().snapshot().workers().forEach(scheduler::put);
            scheduler.put(arm("j"));
            Optional<Instant> started = Optional.empty();
            var now = NOW;
            for (int cycle = 0; started.isEmpty(); cycle++) {
                scheduler.put(busy(now.plusSeconds(1 + random.nextInt(120))));
                var placed = scheduler.runCycle(now).placements();
                started = placed.isEmpty() ? started : Optional.of(now);
                assertThat(now).as("seed " + seed + ", cycle " + cycle).isBefore(NOW.plus(EMULATED));
                now = now.plusSeconds(1 + random.nextInt(20));
            }
        }
    }

    private static Claim busy(Instant end) {
        return new Claim(
                new Claim.AttemptId("running", 1),
                "ns",
                "board",
                new Room(4000, 4 * Farm.GI, Farm.GI, 1),
                Optional.of(end));
    }

    /** Farms on which it often happens. */
    @Test
    void theSchedulerDecidesAsThePlainPassDoes() {
        int awaited = 0;
        for (long seed = 1; seed <= 600; seed++) {
            var random = new Random(seed);
            var twin = new Twin(snapshot(random));
            for (int cycle = 0; cycle < 10; cycle++) {
                int most = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : Integer.MAX_VALUE;
                twin.plan(most);
                var plan = twin.cycle(most);
                assertThat(plan).as("cycle " + cycle + " of seed " + seed).isEqualTo(twin.plain());
                awaited += plan.waits().stream()
                        .filter(w -> w.explanation().reason() == Reason.FasterWorkerBusy)
                        .count();
                for (int change = random.nextInt(3); change > 0; change--) {
                    twin.change(random);
                }
                twin.later(100 + random.nextInt(60));
            }
        }
        assertThat(awaited).isGreaterThan(1000);
    }

    private static Snapshot snapshot(Random random) {
        var farm = new Farm();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            farm.add(worker("w" + i, TARGET, 1 + random.nextInt(4), 8))
                    .running("w" + i, 1 + random.nextInt(4), Optional.of(NOW.plusSeconds(random.nextInt(400))));
        }
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            farm.add(building(worker("x" + i, Architecture.x86_64, 1 + random.nextInt(4), 8), TARGET, Mode.Emulated));
        }
        for (int i = 0; i < random.nextInt(10); i++) {
            farm.add(Farm.of(
                    List.of("a", "b").get(random.nextInt(2)),
                    sized(arm("j" + i), 1 + random.nextInt(2), 2 + random.nextInt(4))
                            .withSince(NOW.minusSeconds(random.nextInt(200)))));
        }
        var made = farm.snapshot();
        return new Snapshot(made.now(), made.workers(), Map.of(), made.claims(), made.pending(), ModePenalty.STANDARD);
    }
}

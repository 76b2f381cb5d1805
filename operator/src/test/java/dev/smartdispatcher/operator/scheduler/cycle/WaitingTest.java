package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.knownAs;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.lasting;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.of;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.placement;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.queued;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.waiting;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.plain.Plan;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import dev.smartdispatcher.operator.scheduler.testing.Counts;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Jobs that wait: the room that is reserved for them, who may pass them, and what they are told. */
class WaitingTest {
    private static final Instant IN_AN_HOUR = NOW.plus(Duration.ofHours(1));

    @Nested
    class Reserving {
        private Farm busyHost() {
            return new Farm()
                    .add(worker("w", Architecture.x86_64, 8, 32))
                    .running("w", 6, Optional.of(IN_AN_HOUR))
                    .add(queued(sized(job("big"), 8, 8), 10, NOW));
        }

        @Test
        void aBigJobAtTheHeadKeepsSmallOnesOfUnknownLengthOut() {
            var plan = busyHost().add(sized(job("small"), 1, 1)).run();
            assertThat(plan.placements()).isEmpty();
            assertThat(waiting(plan, "big").explanation().reservedWorker()).contains("w");
            assertThat(waiting(plan, "big").explanation().estimatedStart()).contains(IN_AN_HOUR);
            assertThat(Counts.of(waiting(plan, "small").explanation())).containsOnly(Map.entry(Reason.Reserved, 1));
        }

        @Test
        void aSmallJobThatEndsBeforeItsStartIsBackfilled() {
            var plan = busyHost()
                    .add(lasting(sized(job("small"), 1, 1), Duration.ofMinutes(59)))
                    .run();
            assertThat(placement(plan, "small").worker().name()).isEqualTo("w");
        }

        @Test
        void aSmallJobThatEndsAfterItsStartIsNot() {
            var plan = busyHost()
                    .add(lasting(sized(job("small"), 1, 1), Duration.ofMinutes(61)))
                    .run();
            assertThat(plan.placements()).isEmpty();
        }

        @Test
        void aJobThatFitsBesideTheBigOneIsBackfilledHoweverLongItRuns() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 8, 32))
                    .running("w", 6, Optional.of(IN_AN_HOUR))
                    .add(queued(sized(job("big"), 7, 7), 10, NOW))
                    .add(sized(job("small"), 1, 1))
                    .run();
            assertThat(placement(plan, "small").parallelism()).isEqualTo(1);
        }

        private Farm hostOfUnknown() {
            return new Farm()
                    .add(worker("w", Architecture.x86_64, 8, 32))
                    .running("w", 6, Optional.empty())
                    .add(queued(sized(job("big"), 8, 8), 10, NOW));
        }

        @Test
        void whereTheStartIsNotKnownOnlyWhatGivesWayInTimeIsBackfilled() {
            var plan = hostOfUnknown()
                    .add(lasting(sized(job("short"), 1, 1), ReservationTerm.FIRST))
                    .add(lasting(sized(job("long"), 1, 1), ReservationTerm.FIRST.plusSeconds(1)))
                    .add(sized(job("unknown"), 1, 1))
                    .run();
            assertThat(plan.placements()).extracting(p -> p.job().key().name()).containsExactly("short");
            assertThat(Counts.of(waiting(plan, "unknown").explanation())).containsOnlyKeys(Reason.Reserved);
        }

        @Test
        void whatWasShortInEarlierBuildsIsBackfilledThereToo() {
            var plan = hostOfUnknown()
                    .add(knownAs(sized(job("short"), 1, 1), new WorkEstimate(100, 0.1)))
                    .add(knownAs(sized(job("long"), 1, 1), new WorkEstimate(10_000, 0.1)))
                    .run();
            assertThat(plan.placements()).extracting(p -> p.job().key().name()).containsExactly("short");
        }

        @Test
        void whatWasShortInEarlierBuildsDoesNotPassWhereTheStartIsKnown() {
            var plan = busyHost()
                    .add(knownAs(sized(job("short"), 1, 1), new WorkEstimate(100, 0.1)))
                    .run();
            assertThat(plan.placements()).isEmpty();
        }

        @Test
        void otherWorkersStayOpen() {
            var plan = busyHost()
                    .add(worker("other", Architecture.x86_64, 2, 4))
                    .add(sized(job("small"), 1, 1))
                    .run();
            assertThat(placement(plan, "small").worker().name()).isEqualTo("other");
        }

        @Test
        void roomIsKeptWhereItIsFreeSoonest() {
            var plan = new Farm()
                    .add(worker("later", Architecture.x86_64, 8, 32))
                    .running("later", 6, Optional.of(IN_AN_HOUR))
                    .add(worker("sooner", Architecture.x86_64, 8, 32))
                    .running("sooner", 6, Optional.of(NOW.plusSeconds(60)))
                    .add(sized(job("big"), 8, 8))
                    .run();
            assertThat(waiting(plan, "big").explanation().reservedWorker()).contains("sooner");
        }
    }

    @Nested
    class Estimating {
        private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

        private Farm full(Optional<Instant> end) {
            return new Farm().add(worker("w", Architecture.x86_64, 4, 8)).running("w", 4, end);
        }

        private Optional<Instant> start(Plan plan, String job) {
            return waiting(plan, job).explanation().estimatedStart();
        }

        @Test
        void aJobStartsWhenTheOneBeforeItHasEnded() {
            var plan = full(Optional.of(IN_AN_HOUR))
                    .add(lasting(sized(job("a"), 4, 4), HALF_AN_HOUR))
                    .add(lasting(sized(job("b"), 4, 4), HALF_AN_HOUR))
                    .add(sized(job("c"), 4, 4))
                    .run();
            assertThat(start(plan, "a")).contains(IN_AN_HOUR);
            assertThat(start(plan, "b")).contains(IN_AN_HOUR.plus(HALF_AN_HOUR));
            assertThat(waiting(plan, "b").explanation().reservedWorker()).isEmpty();
            assertThat(start(plan, "c")).contains(IN_AN_HOUR.plus(HALF_AN_HOUR.multipliedBy(2)));
        }

        @Test
        void smallOnesStartTogether() {
            var plan = full(Optional.of(IN_AN_HOUR))
                    .add(lasting(sized(job("a"), 3, 4), HALF_AN_HOUR))
                    .add(sized(job("b"), 1, 4))
                    .run();
            assertThat(start(plan, "b")).contains(IN_AN_HOUR);
        }

        @Test
        void behindOneOfUnknownLengthNothingIsKnown() {
            var plan = full(Optional.of(IN_AN_HOUR))
                    .add(sized(job("a"), 4, 4))
                    .add(sized(job("b"), 4, 4))
                    .run();
            assertThat(start(plan, "a")).contains(IN_AN_HOUR);
            assertThat(start(plan, "b")).isEmpty();
        }

        @Test
        void nothingIsKnownWhereOneRunsForAnUnknownTime() {
            var plan = full(Optional.empty())
                    .add(sized(job("a"), 1, 4))
                    .add(sized(job("b"), 1, 4))
                    .run();
            assertThat(start(plan, "a")).isEmpty();
            assertThat(start(plan, "b")).isEmpty();
        }

        @Test
        void nobodyIsEstimatedToStartBesideOneThatIsKeptForAnUnknownTime() {
            var plan = full(Optional.empty())
                    .running("w", 0, Optional.of(IN_AN_HOUR))
                    .add(sized(job("a"), 4, 4))
                    .add(lasting(sized(job("b"), 1, 4), HALF_AN_HOUR))
                    .run();
            assertThat(start(plan, "b")).isEmpty();
        }

        @Test
        void tenantsTakeTurns() {
            var plan = full(Optional.of(IN_AN_HOUR))
                    .add(lasting(sized(job("a"), 4, 4), HALF_AN_HOUR))
                    .add(lasting(sized(job("b"), 4, 4), HALF_AN_HOUR))
                    .add(of("other", lasting(queued(sized(job("z"), 4, 4), 0, IN_AN_HOUR), HALF_AN_HOUR)))
                    .run();
            // What runs is of the first tenant, so the other one is served before it.
            assertThat(start(plan, "z")).contains(IN_AN_HOUR);
            assertThat(start(plan, "a")).contains(IN_AN_HOUR.plus(HALF_AN_HOUR));
            assertThat(start(plan, "b")).contains(IN_AN_HOUR.plus(HALF_AN_HOUR.multipliedBy(2)));
        }
    }

    @Nested
    class Explaining {
        @Test
        void everyRejectionIsCountedAndTheNearestMissNamed() {
            var plan = new Farm()
                    .add(worker("arm", Architecture.aarch64, 4, 64))
                    .add(worker("small", Architecture.x86_64, 4, 4))
                    .add(worker("medium", Architecture.x86_64, 4, 6))
                    .add(with(job("big"), new Envelope(1000, 5 * GI, GI, GI, 4, 8)))
                    .run();
            assertThat(waiting(plan, "big").explanation().reason()).isEqualTo(Reason.NoWorkerFits);
            assertThat(waiting(plan, "big").explanation().message())
                    .isEqualTo(
                            "0/3 workers: 2 TooLittleMemory (needs 9Gi memory with parallelism 4; nearest: medium has 6Gi),"
                                    + " 1 WrongArchitecture");
        }

        private static String message(Plan plan, String job) {
            return waiting(plan, job).explanation().message();
        }

        /** Whatever the reason, fewer things to change are nearer than less to change. */
        @Test
        void theNearestIsTheOneWithTheFewestReasonsAgainstIt() {
            var plan = new Farm()
                    .add(Farm.closed(worker("drained", Architecture.x86_64, 4, 8), Reason.Draining))
                    .add(worker("open", Architecture.x86_64, 4, 6))
                    .add(worker("smallest", Architecture.x86_64, 4, 4))
                    .add(with(job("big"), new Envelope(1000, 5 * GI, GI, GI, 4, 8)))
                    .run();
            assertThat(message(plan, "big"))
                    .isEqualTo(
                            "0/3 workers: 3 TooLittleMemory (needs 9Gi memory with parallelism 4; nearest: open has 6Gi)");
        }

        @Test
        void ofSeveralReasonsAllAreNamed() {
            var plan = new Farm()
                    .add(Farm.closed(worker("w", Architecture.x86_64, 2, 8), Reason.Draining))
                    .add(with(job("big"), new Envelope(1000, 5 * GI, GI, GI, 4, 8)))
                    .run();
            assertThat(message(plan, "big"))
                    .isEqualTo("0/1 workers: 1 TooLittleCpu (needs 4 CPU with parallelism 4; nearest: w has 2,"
                            + " but also TooLittleMemory, Draining)");
        }

        @Test
        void noWorkerAtAllIsSaid() {
            assertThat(waiting(new Farm().add(job("j")).run(), "j")
                            .explanation()
                            .reason())
                    .isEqualTo(Reason.NoWorkers);
        }

        @Test
        void equalJobsBehindTheHeadHaveItsReasonButNotItsReservation() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 2, 4))
                    .running("w", 2, Optional.empty())
                    .add(job("first"))
                    .add(job("second"))
                    .run();
            assertThat(waiting(plan, "first").explanation().reservedWorker()).contains("w");
            assertThat(waiting(plan, "second").explanation().reservedWorker()).isEmpty();
            assertThat(waiting(plan, "second").position()).isEqualTo(2);
        }
    }
}

package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.lasting;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.placement;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.queued;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.waiting;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.testing.Counts;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchedulingCycleTest {
    private static final Instant IN_AN_HOUR = NOW.plus(Duration.ofHours(1));

    @Nested
    class ChoosingAWorker {
        @Test
        void heavyJobsGoToTheStrongestWorker() {
            var plan = new Farm()
                    .add(worker("weak", Architecture.x86_64, 4, 16))
                    .add(worker("strong", Architecture.x86_64, 32, 128))
                    .add(with(job("heavy"), Expense.Heavy))
                    .run();
            assertThat(placement(plan, "heavy").worker().name()).isEqualTo("strong");
        }

        @Test
        void lightJobsGoToTheSmallestSufficientWorker() {
            var plan = new Farm()
                    .add(worker("strong", Architecture.x86_64, 32, 128))
                    .add(worker("tiny", Architecture.x86_64, 1, 1))
                    .add(worker("weak", Architecture.x86_64, 4, 16))
                    .add(with(sized(job("light"), 2, 2), Expense.Light))
                    .run();
            assertThat(placement(plan, "light").worker().name()).isEqualTo("weak");
        }

        @Test
        void aLightJobTakesTheStrongWorkerRatherThanWait() {
            var plan = new Farm()
                    .add(worker("strong", Architecture.x86_64, 32, 128))
                    .add(worker("weak", Architecture.x86_64, 4, 16))
                    .running("weak", 4, Optional.empty())
                    .add(with(job("light"), Expense.Light))
                    .run();
            assertThat(placement(plan, "light").worker().name()).isEqualTo("strong");
        }

        @Test
        void nativeIsPreferredToEmulationEvenOnASlowBoard() {
            var plan = new Farm()
                    .add(worker("board", Architecture.armv7l, 2, 2))
                    .add(Farm.building(
                            worker("server", Architecture.x86_64, 8, 64), Architecture.armv7l, Mode.Emulated))
                    .add(with(sized(job("arm"), 1, 2), Requirements.of(Architecture.armv7l)))
                    .run();
            assertThat(placement(plan, "arm").worker().name()).isEqualTo("board");
            assertThat(placement(plan, "arm").mode()).isEqualTo(Mode.Native);
        }

        @Test
        void aCrossRuleMakesAHostEligible() {
            var cross = Requirements.of(Architecture.armv7l).withCrossHosts(Set.of(Architecture.i586));
            var plan = new Farm()
                    .add(worker("box", Architecture.i586, 2, 2))
                    .add(with(job("arm"), cross))
                    .run();
            assertThat(placement(plan, "arm").mode()).isEqualTo(Mode.Cross);
        }
    }

    @Nested
    class Sharing {
        @Test
        void aLoneJobGetsAllOfAnIdleWorker() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 16, 64))
                    .add(job("lone"))
                    .run();
            assertThat(placement(plan, "lone").parallelism()).isEqualTo(16);
        }

        @Test
        void tenJobsAtOnceShareAWorkerAndLeaveNoCoreOver() {
            var farm = new Farm().add(worker("w", Architecture.x86_64, 16, 64));
            for (int i = 0; i < 10; i++) {
                farm.add(job("j" + i));
            }
            var plan = farm.run();
            assertThat(plan.placements()).hasSize(10).allMatch(p -> p.parallelism() >= 1 && p.parallelism() <= 2);
            assertThat(plan.placements().stream()
                            .mapToInt(Placement::parallelism)
                            .sum())
                    .isEqualTo(16);
        }

        @Test
        void aLongQueueGivesEveryJobItsMinimum() {
            var farm = new Farm().add(worker("w", Architecture.x86_64, 16, 64));
            for (int i = 0; i < 100; i++) {
                farm.add(sized(job("j" + i), 2, 8));
            }
            var plan = farm.run();
            assertThat(plan.placements()).hasSize(8).allMatch(p -> p.parallelism() == 2);
        }

        @Test
        void jobsOfOneKindDoNotShrinkThoseThatCannotUseTheSameWorkers() {
            var farm = new Farm()
                    .add(worker("x86", Architecture.x86_64, 16, 64))
                    .add(worker("arm", Architecture.aarch64, 16, 64))
                    .add(with(job("alone"), Requirements.of(Architecture.aarch64)));
            for (int i = 0; i < 16; i++) {
                farm.add(job("j" + i));
            }
            assertThat(placement(farm.run(), "alone").parallelism()).isEqualTo(16);
        }

        @Test
        void memoryLimitsN() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 16, 8))
                    .add(with(job("big"), new Envelope(1000, 2 * GI, 2 * GI, GI, 1, 16)))
                    .run();
            assertThat(placement(plan, "big").parallelism()).isEqualTo(3);
            assertThat(placement(plan, "big").room().memory()).isEqualTo(8 * GI);
        }
    }

    /** OBS issue 2204: any mix of sizes on one host, then one job that takes all of it. */
    @Nested
    class WholeHostAccounting {
        @Test
        void jobsOfTwoFourAndEightCoresRunTogetherOnSixteen() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 16, 64))
                    .add(sized(job("a"), 2, 2))
                    .add(sized(job("b"), 4, 4))
                    .add(sized(job("c"), 8, 8))
                    .run();
            assertThat(plan.waits()).isEmpty();
        }

        @Test
        void thenOneJobOfSixteenTakesTheWholeHost() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 16, 64))
                    .add(sized(job("d"), 16, 16))
                    .run();
            assertThat(placement(plan, "d").parallelism()).isEqualTo(16);
        }

        @Test
        void nothingIsGrantedWhileTheBudgetIsBelowWhatRuns() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 4, 64))
                    .running("w", 8, Optional.empty())
                    .add(job("j"))
                    .run();
            assertThat(waiting(plan, "j").explanation().reason()).isEqualTo(Reason.NoRoom);
        }
    }

    @Nested
    class Ordering {
        @Test
        void priorityGoesBeforeAge() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 1, 1))
                    .add(queued(job("old"), 0, NOW.minusSeconds(60)))
                    .add(queued(job("urgent"), 5, NOW))
                    .run();
            assertThat(plan.placements()).extracting(p -> p.job().key().name()).containsExactly("urgent");
        }

        @Test
        void anHourOfWaitingIsWorthSixStepsOfPriority() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 1, 1))
                    .add(queued(job("old"), 0, NOW.minus(Duration.ofHours(1))))
                    .add(queued(job("urgent"), 5, NOW))
                    .run();
            assertThat(plan.placements()).extracting(p -> p.job().key().name()).containsExactly("old");
        }

        @Test
        void aJobFromTheFutureHasNoAge() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 1, 1))
                    .add(queued(job("future"), 0, NOW.plus(Duration.ofDays(1))))
                    .add(queued(job("now"), 0, NOW))
                    .run();
            assertThat(plan.placements()).extracting(p -> p.job().key().name()).containsExactly("now");
        }
    }

    @Nested
    class UseByOthers {
        @Test
        void makesTheJobSmaller() {
            var used = worker("w", Architecture.x86_64, 16, 64).withOthersMillis(10_000);
            assertThat(placement(new Farm().add(used).add(job("j")).run(), "j").parallelism())
                    .isEqualTo(6);
        }

        @Test
        void keepsNobodyFromStarting() {
            var used = worker("w", Architecture.x86_64, 16, 64).withOthersMillis(16_000);
            assertThat(placement(new Farm().add(used).add(sized(job("j"), 3, 8)).run(), "j")
                            .parallelism())
                    .isEqualTo(3);
        }

        @Test
        void sendsTheJobElsewhere() {
            var plan = new Farm()
                    .add(worker("a", Architecture.x86_64, 8, 64).withOthersMillis(6_000))
                    .add(worker("b", Architecture.x86_64, 8, 64))
                    .add(job("j"))
                    .run();
            assertThat(placement(plan, "j").worker().name()).isEqualTo("b");
        }
    }

    @Nested
    class Availability {
        @Test
        void aDrainingWorkerGetsNothing() {
            var plan = new Farm()
                    .add(Farm.closed(worker("w", Architecture.x86_64, 4, 4), Reason.Draining))
                    .add(job("j"))
                    .run();
            assertThat(waiting(plan, "j").explanation().reason()).isEqualTo(Reason.WorkersUnavailable);
            assertThat(waiting(plan, "j").explanation().message()).isEqualTo("0/1 workers: 1 Draining (nearest: w)");
        }

        @Test
        void beforePlannedMaintenanceOnlyWhatIsKnownToEndInTimeStarts() {
            var plan = new Farm()
                    .add(Farm.endingBy(worker("w", Architecture.x86_64, 4, 4), IN_AN_HOUR))
                    .add(lasting(sized(job("short"), 1, 1), Duration.ofMinutes(30)))
                    .add(lasting(sized(job("long"), 1, 1), Duration.ofHours(2)))
                    .add(sized(job("unknown"), 1, 1))
                    .run();
            assertThat(plan.placements()).extracting(p -> p.job().key().name()).containsExactly("short");
            assertThat(Counts.of(waiting(plan, "unknown").explanation())).containsOnlyKeys(Reason.EndsAfterDeadline);
        }

        @Test
        void aJobBacksOffFromAWorkerThatDidNotStartIt() {
            var plan = new Farm()
                    .add(worker("w", Architecture.x86_64, 4, 4))
                    .add(Farm.avoiding(job("j"), "w"))
                    .run();
            assertThat(Counts.of(waiting(plan, "j").explanation())).containsOnlyKeys(Reason.BackingOff);
        }
    }
}

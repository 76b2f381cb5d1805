package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.lasting;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.of;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the core remembers from one cycle to the next. */
class SchedulerTest {
    private Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);

    private List<String> cycle() {
        return cycle(0);
    }

    private List<String> cycle(int seconds) {
        return scheduler.runCycle(NOW.plusSeconds(seconds)).placements().stream()
                .map(p -> p.job().key().name())
                .toList();
    }

    private void end(String job) {
        scheduler.release(new Claim.AttemptId("uid-" + job, 1), "w");
    }

    /** OBS issue 2204: any mix of sizes on one host, then one job that takes all of it, while small ones go on coming. */
    @Nested
    class WholeHostAccounting {
        @Test
        void aJobOfSixteenCoresStartsWhenThoseOfTwoFourAndEightHaveEnded() {
            scheduler.put(worker("w", Architecture.x86_64, 16, 64));
            scheduler.put(sized(job("two"), 2, 2));
            scheduler.put(sized(job("four"), 4, 4));
            scheduler.put(sized(job("eight"), 8, 8));
            assertThat(cycle()).containsExactlyInAnyOrder("two", "four", "eight");
            scheduler.put(sized(job("all"), 16, 16));
            assertThat(cycle()).isEmpty();
            var waiting = List.of("two", "four", "eight");
            for (int i = 0; i < waiting.size(); i++) {
                scheduler.put(sized(job("small" + i), 1, 1));
                assertThat(cycle(i)).isEmpty();
                end(waiting.get(i));
            }
            assertThat(cycle(10)).containsExactly("all");
            end("all");
            assertThat(cycle(20)).containsExactlyInAnyOrder("small0", "small1", "small2");
        }

        @Test
        void roomStaysKeptWhenAnotherTenantIsPoorer() {
            scheduler.put(worker("w", Architecture.x86_64, 4, 64));
            scheduler.restore(Map.of("rich", new Usage(1e6, NOW)));
            scheduler.put(sized(of("rich", job("two")), 2, 2));
            scheduler.put(sized(of("rich", job("other")), 2, 2));
            cycle();
            scheduler.put(sized(of("rich", job("all")), 4, 4));
            cycle(1);
            scheduler.put(sized(of("poor", job("small")), 1, 1));
            end("two");
            assertThat(cycle(2)).isEmpty();
            end("other");
            assertThat(cycle(3)).containsExactly("all");
        }

        @Test
        void aShortJobPassesWhereTheStartIsKnown() {
            scheduler.put(worker("w", Architecture.x86_64, 4, 64));
            scheduler.put(lasting(sized(job("hour"), 2, 2), Duration.ofHours(1)));
            cycle();
            scheduler.put(sized(job("all"), 4, 4));
            scheduler.put(lasting(sized(job("long"), 1, 1), Duration.ofHours(2)));
            assertThat(cycle(1)).isEmpty();
            scheduler.put(lasting(sized(job("short"), 1, 1), Duration.ofMinutes(50)));
            assertThat(cycle(2)).containsExactly("short");
        }
    }

    @Nested
    class Tenants {
        @Test
        void oneThatHasNothingAndHadNothingLatelyIsForgotten() {
            scheduler.put(worker("w", Architecture.x86_64, 1, 64));
            scheduler.put(of("gone", job("j")));
            cycle();
            scheduler.advance(NOW.plusSeconds(60));
            end("j");
            scheduler.advance(NOW.plus(Duration.ofDays(1)));
            assertThat(scheduler.usage()).containsOnlyKeys("gone");
            scheduler.advance(NOW.plus(Duration.ofDays(10)));
            assertThat(scheduler.usage()).isEmpty();
        }

        @Test
        void theFirstJobOfATenantIsNotBehindTheManyOfAnother() {
            scheduler.put(worker("w", Architecture.x86_64, 1, 64));
            for (int i = 0; i < 100_000; i++) {
                scheduler.put(sized(of("many", job("m" + i)), 1, 1));
            }
            assertThat(cycle()).hasSize(1);
            scheduler.put(sized(of("one", job("first")), 1, 1));
            scheduler.put(worker("v", Architecture.x86_64, 1, 64));
            assertThat(cycle(1)).containsExactly("first");
        }

        @Test
        void theOneWithTheLeastUsageForItsWeightIsFirst() {
            scheduler.put(worker("w", Architecture.x86_64, 1, 64));
            scheduler.restore(Map.of("heavy", new Usage(3000, NOW), "light", new Usage(2000, NOW)));
            scheduler.put(sized(of("heavy", job("h")), 1, 1));
            scheduler.put(sized(of("light", job("l")), 1, 1));
            scheduler.share(new Shares(Duration.ofHours(4), Map.of("heavy", new Share(2, 10))));
            assertThat(cycle()).containsExactly("h");
        }

        @Test
        void oneAtItsLimitWaitsForItsOwnJobsOnly() {
            scheduler.share(new Shares(Duration.ofHours(4), Map.of("ns", new Share(1, 1))));
            scheduler.put(worker("w", Architecture.x86_64, 4, 64));
            scheduler.put(sized(job("a"), 1, 1));
            scheduler.put(sized(job("b"), 1, 1));
            scheduler.put(sized(of("other", job("c")), 1, 1));
            assertThat(cycle()).containsExactly("a", "c");
            assertThat(scheduler.reasons()).containsExactly(Map.entry(Reason.TenantLimit, 1));
            end("a");
            assertThat(cycle(1)).containsExactly("b");
        }

        @Test
        void usageSurvivesARestartAndAClockThatGoesBack() {
            scheduler.put(worker("w", Architecture.x86_64, 4, 64));
            scheduler.put(sized(job("a"), 4, 4));
            cycle();
            scheduler.advance(NOW.plusSeconds(100));
            scheduler.advance(NOW.minusSeconds(100));
            var used = scheduler.usage();
            assertThat(used.get("ns").cpuSeconds()).isBetween(398.0, 400.0);
            var restarted = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW.minusSeconds(100));
            restarted.restore(used);
            assertThat(restarted.usage()).isEqualTo(used);
        }
    }

    @Nested
    class Telling {
        private int published(int seconds) {
            return scheduler.runCycle(NOW.plusSeconds(seconds)).waits().size();
        }

        @Test
        void nothingIsToldAgainWhileOnlyWhatIsFreeChanges() {
            scheduler.put(worker("w", Architecture.x86_64, 8, 64));
            scheduler.put(running(4));
            scheduler.put(sized(job("big"), 8, 8));
            assertThat(published(0)).isEqualTo(1);
            scheduler.put(running(6));
            assertThat(published(1)).isZero();
            scheduler.put(running(3));
            assertThat(published(2)).isZero();
        }

        @Test
        void aWorkerThatClosesIsTold() {
            var w = worker("w", Architecture.x86_64, 8, 64);
            scheduler.put(w);
            scheduler.put(running(4));
            scheduler.put(sized(job("big"), 8, 8));
            published(0);
            scheduler.put(Farm.closed(w, Reason.Draining));
            assertThat(published(1)).isEqualTo(1);
            assertThat(scheduler.reasons()).containsExactly(Map.entry(Reason.WorkersUnavailable, 1));
        }

        /** Of the one that room is reserved for, and of the one behind it. */
        @Test
        void anEstimateThatMovesFarIsTold() {
            scheduler.put(worker("w", Architecture.x86_64, 8, 64));
            scheduler.put(ending(3600));
            scheduler.put(lasting(sized(job("big"), 8, 8), Duration.ofMinutes(10)));
            scheduler.put(sized(job("next"), 8, 8));
            assertThat(published(0)).isEqualTo(2);
            scheduler.put(ending(3650));
            assertThat(published(1)).isZero();
            scheduler.put(ending(7200));
            assertThat(published(2)).isEqualTo(2);
            assertThat(scheduler.explain("uid-next").orElseThrow().explanation().estimatedStart())
                    .contains(NOW.plusSeconds(7200 + 600));
        }

        private Claim ending(int seconds) {
            var running = running(8);
            return new Claim(
                    running.id(),
                    running.tenant(),
                    running.worker(),
                    running.room(),
                    Optional.of(NOW.plusSeconds(seconds)));
        }

        @Test
        void jobsOfThousandsOfShapesAreToldAPartAPass() {
            for (int i = 0; i < 100; i++) {
                scheduler.put(worker("w" + i, Architecture.x86_64, 1, 1));
            }
            for (int i = 0; i < 3000; i++) {
                scheduler.put(sized(job("j" + i), 2 + i, 2 + i));
            }
            var first = scheduler.runCycle(NOW);
            assertThat(first.behind()).isTrue();
            int published = first.waits().size();
            while (true) {
                var outcome = scheduler.runCycle(NOW);
                published += outcome.waits().size();
                if (!outcome.behind()) {
                    break;
                }
            }
            assertThat(published).isEqualTo(3000);
            assertThat(scheduler.reasons()).containsExactly(Map.entry(Reason.NoWorkerFits, 3000));
        }

        private Claim running(int cores) {
            return new Claim(
                    new Claim.AttemptId("running", 1), "ns", "w", new Room(cores * 1000L, GI, GI, 1), Optional.empty());
        }
    }

    @Test
    void whatWasPlacedIsAClaimAndWaitsNoLonger() {
        scheduler.put(worker("w", Architecture.x86_64, 2, 64));
        scheduler.put(sized(job("a"), 2, 2));
        scheduler.put(sized(job("b"), 2, 2));
        assertThat(scheduler.runCycle(NOW).placements())
                .extracting(Placement::parallelism)
                .containsExactly(2);
        assertThat(cycle(1)).isEmpty();
        assertThat(scheduler.waiting()).isEqualTo(1);
    }
}

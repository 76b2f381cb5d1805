package dev.smartdispatcher.operator.dispatch.core;

import static dev.smartdispatcher.operator.dispatch.pass.Farm.GI;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.NOW;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.job;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.lasting;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.of;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.sized;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.pass.Farm;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.share.Share;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import dev.smartdispatcher.operator.dispatch.share.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the core remembers from one pass to the next. */
class DispatcherTest {
    private Dispatcher dispatcher = new Dispatcher(ModePenalty.STANDARD, Shares.STANDARD, NOW);

    private List<String> pass() {
        return pass(0);
    }

    private List<String> pass(int seconds) {
        return dispatcher.pass(NOW.plusSeconds(seconds)).placements().stream()
                .map(p -> p.job().key().name())
                .toList();
    }

    private void end(String job) {
        dispatcher.release(new Claim.AttemptId("uid-" + job, 1), "w");
    }

    /** OBS issue 2204: any mix of sizes on one host, then one job that takes all of it, while small ones go on coming. */
    @Nested
    class WholeHostAccounting {
        @Test
        void aJobOfSixteenCoresStartsWhenThoseOfTwoFourAndEightHaveEnded() {
            dispatcher.put(worker("w", Architecture.x86_64, 16, 64));
            dispatcher.put(sized(job("two"), 2, 2));
            dispatcher.put(sized(job("four"), 4, 4));
            dispatcher.put(sized(job("eight"), 8, 8));
            assertThat(pass()).containsExactlyInAnyOrder("two", "four", "eight");
            dispatcher.put(sized(job("all"), 16, 16));
            assertThat(pass()).isEmpty();
            var waiting = List.of("two", "four", "eight");
            for (int i = 0; i < waiting.size(); i++) {
                dispatcher.put(sized(job("small" + i), 1, 1));
                assertThat(pass(i)).isEmpty();
                end(waiting.get(i));
            }
            assertThat(pass(10)).containsExactly("all");
            end("all");
            assertThat(pass(20)).containsExactlyInAnyOrder("small0", "small1", "small2");
        }

        @Test
        void roomStaysKeptWhenAnotherTenantIsPoorer() {
            dispatcher.put(worker("w", Architecture.x86_64, 4, 64));
            dispatcher.restore(Map.of("rich", new Usage(1e6, NOW)));
            dispatcher.put(sized(of("rich", job("two")), 2, 2));
            dispatcher.put(sized(of("rich", job("other")), 2, 2));
            pass();
            dispatcher.put(sized(of("rich", job("all")), 4, 4));
            pass(1);
            dispatcher.put(sized(of("poor", job("small")), 1, 1));
            end("two");
            assertThat(pass(2)).isEmpty();
            end("other");
            assertThat(pass(3)).containsExactly("all");
        }

        @Test
        void aShortJobPassesWhereTheStartIsKnown() {
            dispatcher.put(worker("w", Architecture.x86_64, 4, 64));
            dispatcher.put(lasting(sized(job("hour"), 2, 2), Duration.ofHours(1)));
            pass();
            dispatcher.put(sized(job("all"), 4, 4));
            dispatcher.put(lasting(sized(job("long"), 1, 1), Duration.ofHours(2)));
            assertThat(pass(1)).isEmpty();
            dispatcher.put(lasting(sized(job("short"), 1, 1), Duration.ofMinutes(50)));
            assertThat(pass(2)).containsExactly("short");
        }
    }

    @Nested
    class Tenants {
        @Test
        void oneThatHasNothingAndHadNothingLatelyIsForgotten() {
            dispatcher.put(worker("w", Architecture.x86_64, 1, 64));
            dispatcher.put(of("gone", job("j")));
            pass();
            dispatcher.advance(NOW.plusSeconds(60));
            end("j");
            dispatcher.advance(NOW.plus(Duration.ofDays(1)));
            assertThat(dispatcher.usage()).containsOnlyKeys("gone");
            dispatcher.advance(NOW.plus(Duration.ofDays(10)));
            assertThat(dispatcher.usage()).isEmpty();
        }

        @Test
        void theFirstJobOfATenantIsNotBehindTheManyOfAnother() {
            dispatcher.put(worker("w", Architecture.x86_64, 1, 64));
            for (int i = 0; i < 100_000; i++) {
                dispatcher.put(sized(of("many", job("m" + i)), 1, 1));
            }
            assertThat(pass()).hasSize(1);
            dispatcher.put(sized(of("one", job("first")), 1, 1));
            dispatcher.put(worker("v", Architecture.x86_64, 1, 64));
            assertThat(pass(1)).containsExactly("first");
        }

        @Test
        void theOneWithTheLeastUsageForItsWeightIsFirst() {
            dispatcher.put(worker("w", Architecture.x86_64, 1, 64));
            dispatcher.restore(Map.of("heavy", new Usage(3000, NOW), "light", new Usage(2000, NOW)));
            dispatcher.put(sized(of("heavy", job("h")), 1, 1));
            dispatcher.put(sized(of("light", job("l")), 1, 1));
            dispatcher.share(new Shares(Duration.ofHours(4), Map.of("heavy", new Share(2, 10))));
            assertThat(pass()).containsExactly("h");
        }

        @Test
        void oneAtItsLimitWaitsForItsOwnJobsOnly() {
            dispatcher.share(new Shares(Duration.ofHours(4), Map.of("ns", new Share(1, 1))));
            dispatcher.put(worker("w", Architecture.x86_64, 4, 64));
            dispatcher.put(sized(job("a"), 1, 1));
            dispatcher.put(sized(job("b"), 1, 1));
            dispatcher.put(sized(of("other", job("c")), 1, 1));
            assertThat(pass()).containsExactly("a", "c");
            assertThat(dispatcher.reasons()).containsExactly(Map.entry(Reason.TenantLimit, 1));
            end("a");
            assertThat(pass(1)).containsExactly("b");
        }

        @Test
        void usageSurvivesARestartAndAClockThatGoesBack() {
            dispatcher.put(worker("w", Architecture.x86_64, 4, 64));
            dispatcher.put(sized(job("a"), 4, 4));
            pass();
            dispatcher.advance(NOW.plusSeconds(100));
            dispatcher.advance(NOW.minusSeconds(100));
            var used = dispatcher.usage();
            assertThat(used.get("ns").cpuSeconds()).isBetween(398.0, 400.0);
            var restarted = new Dispatcher(ModePenalty.STANDARD, Shares.STANDARD, NOW.minusSeconds(100));
            restarted.restore(used);
            assertThat(restarted.usage()).isEqualTo(used);
        }
    }

    @Nested
    class Telling {
        private int told(int seconds) {
            return dispatcher.pass(NOW.plusSeconds(seconds)).waits().size();
        }

        @Test
        void nothingIsToldAgainWhileOnlyWhatIsFreeChanges() {
            dispatcher.put(worker("w", Architecture.x86_64, 8, 64));
            dispatcher.put(running(4));
            dispatcher.put(sized(job("big"), 8, 8));
            assertThat(told(0)).isEqualTo(1);
            dispatcher.put(running(6));
            assertThat(told(1)).isZero();
            dispatcher.put(running(3));
            assertThat(told(2)).isZero();
        }

        @Test
        void aWorkerThatClosesIsTold() {
            var w = worker("w", Architecture.x86_64, 8, 64);
            dispatcher.put(w);
            dispatcher.put(running(4));
            dispatcher.put(sized(job("big"), 8, 8));
            told(0);
            dispatcher.put(Farm.closed(w, Reason.Draining));
            assertThat(told(1)).isEqualTo(1);
            assertThat(dispatcher.reasons()).containsExactly(Map.entry(Reason.WorkersUnavailable, 1));
        }

        /** Of the one that room is kept for, and of the one behind it. */
        @Test
        void anEstimateThatMovesFarIsTold() {
            dispatcher.put(worker("w", Architecture.x86_64, 8, 64));
            dispatcher.put(ending(3600));
            dispatcher.put(lasting(sized(job("big"), 8, 8), Duration.ofMinutes(10)));
            dispatcher.put(sized(job("next"), 8, 8));
            assertThat(told(0)).isEqualTo(2);
            dispatcher.put(ending(3650));
            assertThat(told(1)).isZero();
            dispatcher.put(ending(7200));
            assertThat(told(2)).isEqualTo(2);
            assertThat(dispatcher
                            .explain("uid-next")
                            .orElseThrow()
                            .explanation()
                            .estimatedStart())
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
                dispatcher.put(worker("w" + i, Architecture.x86_64, 1, 1));
            }
            for (int i = 0; i < 3000; i++) {
                dispatcher.put(sized(job("j" + i), 2 + i, 2 + i));
            }
            var first = dispatcher.pass(NOW);
            assertThat(first.behind()).isTrue();
            int told = first.waits().size();
            while (true) {
                var outcome = dispatcher.pass(NOW);
                told += outcome.waits().size();
                if (!outcome.behind()) {
                    break;
                }
            }
            assertThat(told).isEqualTo(3000);
            assertThat(dispatcher.reasons()).containsExactly(Map.entry(Reason.NoWorkerFits, 3000));
        }

        private Claim running(int cores) {
            return new Claim(
                    new Claim.AttemptId("running", 1), "ns", "w", new Room(cores * 1000L, GI, GI, 1), Optional.empty());
        }
    }

    @Test
    void whatWasPlacedIsAClaimAndWaitsNoLonger() {
        dispatcher.put(worker("w", Architecture.x86_64, 2, 64));
        dispatcher.put(sized(job("a"), 2, 2));
        dispatcher.put(sized(job("b"), 2, 2));
        assertThat(dispatcher.pass(NOW).placements())
                .extracting(Placement::processes)
                .containsExactly(2);
        assertThat(pass(1)).isEmpty();
        assertThat(dispatcher.waiting()).isEqualTo(1);
    }
}

package dev.smartdispatcher.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HealthBookTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private HealthBook book = new HealthBook();
    private int jobs;

    private static Ending ending(String job, int number, String worker, String made, long second, Verdict verdict) {
        return new Ending(
                job,
                number,
                worker,
                made,
                "image",
                NOON.plusSeconds(second - 2),
                Optional.of(Duration.ofSeconds(2)),
                NOON.plusSeconds(second),
                verdict,
                job + " " + verdict);
    }

    private void ends(String worker, String made, long second, Verdict verdict) {
        book.add(ending("job-" + jobs++, 1, worker, made, second, verdict));
    }

    private Suspicion of(String worker) {
        return book.suspicion(worker, Instant.EPOCH, NOON.plusSeconds(600));
    }

    @Test
    void aFailureAtOnceMakesAWorkerSuspectAndThreeMakeItGuilty() {
        ends("w", "a", 0, Verdict.Failed);
        assertThat(of("w").isSuspect()).isTrue();
        assertThat(of("w").isGuilty()).isFalse();
        ends("w", "b", 1, Verdict.Failed);
        ends("w", "c", 2, Verdict.Died);
        assertThat(of("w").isGuilty()).isTrue();
        assertThat(of("w").fault()).isEqualTo(Suspicion.Fault.quick);
        assertThat(of("w").evidence()).containsExactly("job-0 Failed", "job-1 Failed", "job-2 Died");
        assertThat(of("other")).isEqualTo(Suspicion.NONE);
    }

    @Test
    void theSamePackageCountsOnceUntilItSucceedsThere() {
        ends("w", "a", 0, Verdict.Failed);
        double once = of("w").strength();
        ends("w", "a", 1, Verdict.Failed);
        assertThat(of("w").strength()).isEqualTo(once);
        ends("w", "a", 5, Verdict.Succeeded);
        ends("w", "a", 9, Verdict.Failed);
        assertThat(of("w").strength()).isGreaterThan(once - 1.7);
        assertThat(of("w").evidence()).hasSize(2);
    }

    @Test
    void aJobThatFailsOnASecondWorkerClearsBoth() {
        book.add(ending("j", 1, "w", "a", 0, Verdict.Failed));
        book.add(ending("j", 2, "x", "a", 5, Verdict.Failed));
        assertThat(of("w")).isEqualTo(Suspicion.NONE);
        assertThat(of("x")).isEqualTo(Suspicion.NONE);
    }

    @Test
    void aJobThatSucceedsOnASecondWorkerConfirmsThatItWasTheFirst() {
        book.add(ending("j", 1, "w", "a", 0, Verdict.Failed));
        book.add(ending("j", 2, "x", "a", 5, Verdict.Succeeded));
        assertThat(of("w").isSuspect()).isTrue();
        // On a farm of one package this is how its worker is found.
        ends("w", "a", 6, Verdict.Failed);
        assertThat(of("w").evidence()).hasSize(2);
    }

    @Test
    void anImageThatCannotRunIsTheWorkersFaultOnlyIfItHasJustRunElsewhere() {
        ends("w", "a", 0, Verdict.NotRunnable);
        assertThat(of("w")).isEqualTo(Suspicion.NONE);
        ends("x", "b", 1, Verdict.Succeeded);
        ends("w", "c", 2, Verdict.NotRunnable);
        assertThat(of("w").isSuspect()).isTrue();
    }

    @Test
    void aPackageThatOftenFailsSaysLittle() {
        for (int i = 0; i < 20; i++) {
            ends("x" + i, "broken", 10 * i, Verdict.Failed);
        }
        ends("w", "broken", 300, Verdict.Failed);
        assertThat(of("w").isSuspect()).isFalse();
    }

    @Test
    void evidenceIsVoidAfterADayAndBeforeTheWorkerIsTrusted() {
        ends("w", "a", 0, Verdict.Failed);
        assertThat(book.suspicion("w", NOON.plusSeconds(1), NOON.plusSeconds(2)))
                .isEqualTo(Suspicion.NONE);
        assertThat(book.suspicion("w", Instant.EPOCH, NOON.plus(Duration.ofHours(25))))
                .isEqualTo(Suspicion.NONE);
    }

    @Test
    void aSuccessThatStartedBeforeTheFailuresDoesNotExcuseThem() {
        ends("w", "a", 10, Verdict.Failed);
        double before = of("w").quick();
        book.add(ending("old", 1, "w", "b", 11, Verdict.Succeeded));
        assertThat(of("w").quick()).isEqualTo(before);
        assertThat(book.hasFailedLast("w")).isTrue();
        book.add(ending("new", 1, "w", "b", 20, Verdict.Succeeded));
        assertThat(of("w").quick()).isLessThan(before);
        assertThat(book.hasFailedLast("w")).isFalse();
    }

    /** The more probable a failure is anyway, the less it says; and never more for a worker than a failure at once. */
    @Test
    void theWeightOfAFailureFallsWithItsProbability() {
        double before = Double.MAX_VALUE;
        for (double rate = 0; rate <= 1.01; rate += 0.01) {
            var weight = Weight.failure(rate, 0.35, true);
            assertThat(weight.quick()).isPositive().isLessThanOrEqualTo(before);
            assertThat(weight.flaky()).isNotNegative();
            assertThat(Weight.failure(rate, 0.35, false).quick()).isZero();
            before = weight.quick();
        }
    }

    /** After a restart, or told late: whatever the order in which endings come, the book says the same. */
    @Test
    void theOrderOfTellingDoesNotMatter() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var endings = new ArrayList<Ending>();
            for (int i = 0; i < 400; i++) {
                endings.add(ending(
                        "job-" + random.nextInt(300),
                        i,
                        "w" + random.nextInt(5),
                        "p" + random.nextInt(30),
                        random.nextInt(100),
                        Verdict.values()[random.nextInt(Verdict.values().length)]));
            }
            var expected = told(endings, true);
            Collections.shuffle(endings, random);
            assertThat(told(endings, true)).as("seed %s, in bulk", seed).isEqualTo(expected);
            assertThat(told(endings, false)).as("seed %s, one by one", seed).isEqualTo(expected);
        }
    }

    private static List<Suspicion> told(List<Ending> endings, boolean atOnce) {
        var book = new HealthBook();
        if (atOnce) {
            book.addAll(endings);
        }
        // Those that are known are told again.
        endings.forEach(book::add);
        var all = new ArrayList<Suspicion>();
        for (int w = 0; w < 5; w++) {
            all.add(book.suspicion("w" + w, Instant.EPOCH, NOON.plusSeconds(600)));
        }
        return all;
    }
}

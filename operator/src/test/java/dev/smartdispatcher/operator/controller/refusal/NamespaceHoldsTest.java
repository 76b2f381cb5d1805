package dev.smartdispatcher.operator.controller.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceHoldsTest {
    private static final String NS = "builds";
    private static final Published FULL = new Published(Reason.QuotaExceeded, "exceeded quota: used 4 of 4");

    private final NamespaceHolds holds = new NamespaceHolds();
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");

    private void pass(Duration span) {
        now = now.plus(span);
    }

    private boolean tries(String job) {
        boolean may = holds.allowance(NS, now) > 0 && !holds.stepsBack(NS, job, now);
        if (may) {
            holds.trying(NS, job, now);
        }
        return may;
    }

    @Test
    void aFreeNamespaceIsNotHeld() {
        assertThat(holds.allowance(NS, now)).isEqualTo(Integer.MAX_VALUE);
        assertThat(holds.mayAsk(NS, "a")).isTrue();
        assertThat(holds.published(NS)).isEmpty();
    }

    /** However many jobs there are, and however many were on their way at first. */
    @Test
    void aNamespaceThatGoesOnRefusingIsAskedAFewTimesAMinute() {
        for (int i = 0; i < 800; i++) {
            holds.refused(NS, "early-" + i, FULL, now);
        }
        int asked = 0;
        for (int second = 0; second < 600; second++) {
            for (int job = 0; job < 800; job++) {
                if (tries("j" + job)) {
                    asked++;
                    holds.refused(NS, "j" + job, FULL, now);
                }
            }
            pass(Duration.ofSeconds(1));
        }
        assertThat(asked).isBetween(15, 30);
    }

    /** One that is refused for what it alone asks for does not keep the others from finding that they are not. */
    @Test
    void refusedJobsTakeTurns() {
        holds.refused(NS, "j0", FULL, now);
        var asked = new HashSet<>(List.of("j0"));
        for (int second = 0; second < 300; second++) {
            for (int job = 0; job < 10; job++) {
                if (tries("j" + job)) {
                    asked.add("j" + job);
                    holds.refused(NS, "j" + job, FULL, now);
                }
            }
            pass(Duration.ofSeconds(1));
        }
        assertThat(asked).hasSize(10);
        assertThat(tries("j0")).isFalse();
        holds.newCycle(NS);
        pass(NamespaceHolds.LONGEST_PAUSE);
        assertThat(tries("j0")).isTrue();
    }

    /** The words of each probe would be written to all that wait. */
    @Test
    void theSentenceStaysWhileTheReasonDoes() {
        holds.refused(NS, "a", FULL, now);
        holds.refused(NS, "b", new Published(Reason.QuotaExceeded, "exceeded quota: used 3 of 4"), now);
        assertThat(holds.published(NS)).contains(FULL);
        var denied = new Published(Reason.AdmissionDenied, "no");
        holds.refused(NS, "c", denied, now);
        assertThat(holds.published(NS)).contains(denied);
    }

    @Test
    void eachProbeThatSucceedsLetsTwiceAsManyStart() {
        holds.refused(NS, "a", FULL, now);
        assertThat(holds.allowance(NS, now)).isZero();
        pass(NamespaceHolds.FIRST_PAUSE);
        int window = 1;
        while (window <= NamespaceHolds.FREE) {
            assertThat(holds.allowance(NS, now)).isEqualTo(window);
            for (int i = 0; i < window; i++) {
                holds.trying(NS, "j" + i, now);
            }
            assertThat(holds.allowance(NS, now)).isZero();
            holds.accepted(NS, "j0", now);
            for (int i = 1; i < window; i++) {
                holds.gaveUp(NS, "j" + i);
            }
            window *= 2;
        }
        assertThat(holds.namespaces()).isEmpty();
    }

    @Test
    void anAttemptThatWasOnItsWayAsksNoMoreAndProvesNothing() {
        holds.refused(NS, "a", FULL, now);
        assertThat(holds.mayAsk(NS, "b")).isFalse();
        holds.accepted(NS, "b", now);
        assertThat(holds.allowance(NS, now)).isZero();
    }

    @Test
    void theEndOfABuildMakesItWorthAskingAgain() {
        holds.refused(NS, "a", FULL, now);
        for (int i = 0; i < 6; i++) {
            pass(NamespaceHolds.LONGEST_PAUSE);
            holds.trying(NS, "j" + i, now);
            holds.refused(NS, "j" + i, FULL, now);
        }
        pass(NamespaceHolds.FIRST_PAUSE);
        assertThat(holds.allowance(NS, now)).isZero();
        holds.ended(NS, now);
        pass(NamespaceHolds.FIRST_PAUSE);
        assertThat(tries("a")).isTrue();
    }

    @Test
    void whatMayBeOverInAMomentIsNotTold() {
        holds.failing(NS, "a", now);
        assertThat(holds.published(NS)).isEmpty();
        assertThat(holds.mayAsk(NS, "b")).isTrue();
        assertThat(holds.allowance(NS, now)).isZero();
        holds.accepted(NS, "a", now);
        assertThat(holds.namespaces()).isEmpty();
    }

    @Test
    void aTryThatComesToNothingIsForgotten() {
        holds.refused(NS, "a", FULL, now);
        pass(NamespaceHolds.FIRST_PAUSE);
        holds.trying(NS, "b", now);
        assertThat(holds.allowance(NS, now)).isZero();
        pass(NamespaceHolds.FORGOTTEN);
        assertThat(holds.allowance(NS, now)).isEqualTo(1);
    }

    /** Whoever makes a namespace for each branch, and deletes it when it refuses, does not fill the memory. */
    @Test
    void namespacesOfWhichNobodyAsksAreForgotten() {
        holds.refused(NS, "a", FULL, now);
        holds.failing("another", "b", now);
        pass(NamespaceHolds.STEP_BACK);
        holds.forgetIdle(now);
        assertThat(holds.namespaces()).contains(NS);
        pass(NamespaceHolds.FIRST_PAUSE);
        holds.trying("another", "c", now);
        holds.forgetIdle(now);
        assertThat(holds.namespaces()).containsExactly("another");
    }
}

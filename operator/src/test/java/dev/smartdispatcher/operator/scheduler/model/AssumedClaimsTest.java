package dev.smartdispatcher.operator.scheduler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.scheduler.model.Claim.AttemptId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssumedClaimsTest {
    private final AssumedClaims ledger = new AssumedClaims();

    @Test
    void decisionCountsUntilTheJobIsSeenToHaveChanged() {
        ledger.assume(claim("w", 1000), "7");
        ledger.settle("job", Optional.of("7"));
        assertThat(ledger.union("job", List.of())).containsExactly(claim("w", 1000));
        ledger.settle("job", Optional.of("8"));
        assertThat(ledger.union("job", List.of())).isEmpty();
    }

    /** The namespace refuses the pod at once: no pass sees the attempt in the job's status. */
    @Test
    void decisionThatWasTakenBackBeforeItWasEverSeenIsSettled() {
        ledger.assume(claim("w", 1000), "7");
        ledger.settle("job", Optional.of("9"));
        assertThat(ledger.assumes("job")).isFalse();
    }

    @Test
    void decisionForAJobThatIsGoneIsSettled() {
        ledger.assume(claim("w", 1000), "7");
        ledger.settle("job", Optional.empty());
        assertThat(ledger.assumes("job")).isFalse();
    }

    @Test
    void attemptCountsOnceByItsLargerAmount() {
        ledger.assume(claim("w", 1000), "7");
        assertThat(ledger.union("job", List.of(claim("w", 2000), claim("w", 500))))
                .containsExactly(claim("w", 2000));
    }

    /** A pod can be elsewhere than the job's status says: both have to be kept free. */
    @Test
    void attemptThatIsOnTwoWorkersCountsOnBoth() {
        assertThat(ledger.union("job", List.of(claim("w", 2000), claim("v", 1000))))
                .containsExactly(claim("w", 2000), claim("v", 1000));
    }

    private static Claim claim(String worker, long cpuMillis) {
        return new Claim(new AttemptId("job", 1), "ns", worker, new Room(cpuMillis, 1, 1, 1), Optional.empty());
    }
}

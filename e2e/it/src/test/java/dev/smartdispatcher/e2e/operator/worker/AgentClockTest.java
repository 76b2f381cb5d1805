package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What agents' clocks say neither keeps a worker alive nor silences it. */
@ExtendWith(HarnessExtension.class)
class AgentClockTest {
    private static final Duration FOUR_MINUTES = Duration.ofMinutes(4);

    private final Harness farm;
    private final LeapingClock clock = new LeapingClock();

    AgentClockTest(Harness farm) {
        this.farm = farm;
    }

    @Test
    void aClockThatIsBehindIsNotSilence() {
        heard(clock.instant().minus(FOUR_MINUTES));
        farm.operatorAt(clock).job("j");
        farm.kubelet().ended(farm.pod("j", 1), 0);
        farm.until("j", s -> s.holds(BuildJobStatus.COMPLETE));
        assertThat(schedulable(farm.untilWorker("w", w -> !schedulable(w).isEmpty())))
                .isEqualTo("AcceptingBuilds");
    }

    @Test
    void aClockThatIsAheadDoesNotKeepADeadAgentAlive() {
        heard(clock.instant().plus(50 * 365, ChronoUnit.DAYS));
        farm.operatorAt(clock);
        farm.untilWorker("w", w -> schedulable(w).equals("AcceptingBuilds"));
        clock.leap(FOUR_MINUTES);
        // Whatever makes the operator look.
        touch();
        farm.untilWorker("w", w -> schedulable(w).equals("Silent"));
    }

    @Test
    void whoIsHeardIsNotSilentWhateverItsClock() {
        var behind = Instant.parse("1970-01-01T00:05:00Z");
        heard(behind);
        farm.operatorAt(clock);
        farm.untilWorker("w", w -> schedulable(w).equals("AcceptingBuilds"));
        clock.leap(FOUR_MINUTES);
        touch();
        farm.untilWorker("w", w -> schedulable(w).equals("Silent"));
        farm.publish("w", 1, "8Gi", behind.plusSeconds(60));
        farm.untilWorker("w", w -> schedulable(w).equals("AcceptingBuilds"));
    }

    @Test
    void aSilentWorkerIsSilentForTheNextOperatorToo() {
        heard(clock.instant());
        farm.operatorAt(clock);
        farm.untilWorker("w", w -> schedulable(w).equals("AcceptingBuilds"));
        clock.leap(FOUR_MINUTES);
        touch();
        farm.untilWorker("w", w -> schedulable(w).equals("Silent"));
        farm.operatorAt(clock).job("j");
        assertThat(farm.until("j", s -> s.waiting() != null).waiting().message())
                .contains("1 Silent");
        farm.publish("w", 1, "8Gi", clock.instant().plusSeconds(60));
        farm.kubelet().ended(farm.pod("j", 1), 0);
        farm.until("j", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    @Test
    void aWrongClockIsAWarningUntilItIsRight() {
        heard(clock.instant());
        farm.operatorAt(clock);
        farm.untilWorker("w", w -> schedulable(w).equals("AcceptingBuilds"));
        farm.publish("w", 1, "8Gi", clock.instant().minus(Duration.ofMinutes(5)));
        var skewed = farm.untilWorker("w", w -> skew(w).equals("ClockSkewed"));
        assertThat(skewed.getStatus().condition(BuildWorkerStatus.CLOCK_SKEWED))
                .hasValueSatisfying(c -> assertThat(c.message())
                        .startsWith("the node's clock is more than 2 minutes behind the API server's: "));
        assertThat(schedulable(skewed)).isEqualTo("AcceptingBuilds");
        await("Event").until(() -> farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                .anyMatch(e -> "ClockSkewed".equals(e.getReason())
                        && "Warning".equals(e.getType())
                        && "w".equals(e.getInvolvedObject().getName())));
        farm.publish("w", 1, "8Gi", clock.instant());
        farm.untilWorker("w", w -> skew(w).equals("ClockInSync"));
    }

    private void heard(Instant agentTime) {
        farm.worker("w", 1, "8Gi", agentTime);
    }

    private void touch() {
        Edits.edit(farm.client().resources(BuildWorker.class).withName("w"), w -> {
            w.getMetadata().setLabels(Map.of("touched", "yes"));
            return w;
        });
    }

    private static String schedulable(BuildWorker worker) {
        return Farm.reason(worker, BuildWorkerStatus.SCHEDULABLE);
    }

    private static String skew(BuildWorker worker) {
        return Farm.reason(worker, BuildWorkerStatus.CLOCK_SKEWED);
    }
}

package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry is away for longer than a test takes, so pods have to get the times of a clock that leaps. */
class LongAbsenceTest {
    private final LeapingClock clock = new LeapingClock();
    private final Harness farm = new Harness(ClusterOptions.DEFAULT.withClock(clock));

    @AfterEach
    void close() {
        farm.close();
    }

    /** For two hours, by attempts that are given up and go. */
    @Test
    void aRegistryThatIsAwayFailsNoJobAndIsToldByItsName() {
        farm.operatorAt(clock);
        farm.worker("w", 4);
        farm.job("j", "retry: {onWorkerLost: 0, onFailure: 0}");
        var end = clock.instant().plus(Duration.ofHours(2));
        int attempt = 0;
        while (clock.instant().isBefore(end)) {
            var pod = farm.pod("j", ++attempt);
            farm.kubelet().waiting(pod, attempt % 2 == 0 ? "ErrImagePull" : "ImagePullBackOff");
            clock.leap(Duration.ofSeconds(121));
            publish();
            farm.wake();
            farm.untilDeleted(pod);
            farm.kubelet().neverMade(pod);
            int ended = attempt;
            var status = farm.until("j", s -> s.lastAttempt()
                    .filter(a -> a.number() == ended && !a.live())
                    .isPresent());
            farm.kubelet().gone(pod);
            assertThat(status.finished()).isFalse();
            assertThat(status.waiting().reason()).isEqualTo(Reason.ImagePullFailed);
            assertThat(status.condition(BuildJobStatus.RUNNING).orElseThrow().reason())
                    .isEqualTo("ImagePullFailed");
            clock.leap(Duration.ofMinutes(5));
            publish();
            farm.wake();
        }
        var attempts = farm.status("j").attempts();
        assertThat(attempts).hasSizeLessThanOrEqualTo(8).allSatisfy(a -> {
            assertThat(a.worker()).isEqualTo("w");
            assertThat(a.outcome()).isIn(Reason.ImagePullFailed, null);
        });
        assertThat(attempts.get(0).obstacle()).satisfies(o -> {
            assertThat(o.reason()).isEqualTo(Reason.ImagePullFailed);
            assertThat(o.object()).isEqualTo("local.test/debian:12");
        });
        assertThat(farm.client()
                        .v1()
                        .events()
                        .inNamespace(farm.namespace())
                        .list()
                        .getItems())
                .anySatisfy(e -> {
                    assertThat(e.getReason()).isEqualTo("ImagePullFailed");
                    assertThat(e.getMessage())
                            .contains("image 'local.test/debian:12' cannot be pulled: ImagePullBackOff");
                })
                .noneSatisfy(e -> assertThat(e.getReason()).isEqualTo("WorkerLost"));
        farm.kubelet().running(farm.pod("j", attempt + 1));
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().ended(farm.pod("j", attempt + 1), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    private void publish() {
        farm.publish("w", 4, "8Gi", clock.instant());
    }

    private Optional<Condition> imageAvailable() {
        return Optional.ofNullable(farm.client()
                        .resources(BuildEnvironment.class)
                        .withName("debian")
                        .get()
                        .getStatus())
                .flatMap(s -> s.conditions().stream()
                        .filter(c -> c.type().equals("ImageAvailable"))
                        .findFirst());
    }

    /** However many jobs want it: it is told once on the environment, and one of them tries again. */
    @Test
    void anImageThatCannotBeHadIsTriedByOneJobAndToldOnItsEnvironment() {
        farm.operatorAt(clock);
        farm.worker("w", 8);
        farm.job("first");
        var pod = farm.pod("first", 1);
        farm.kubelet().waiting(pod, "ImagePullBackOff");
        clock.leap(Duration.ofSeconds(121));
        farm.publish("w", 8, "8Gi", clock.instant());
        farm.wake();
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        await().until(() -> imageAvailable().filter(c -> !c.holds()).isPresent());
        assertThat(imageAvailable().orElseThrow().message()).contains("'local.test/debian:12' cannot be pulled");
        for (int i = 0; i < 5; i++) {
            farm.job("j" + i);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(farm.until("j" + i, s -> s.waiting() != null).waiting().reason())
                    .isEqualTo(Reason.ImagePullFailed);
        }
        assertThat(farm.pods()).isEmpty();
        clock.leap(Duration.ofMinutes(3));
        farm.publish("w", 8, "8Gi", clock.instant());
        farm.wake();
        await().until(() ->
                farm.pods().size() == 1 && farm.pods().get(0).getSpec().getNodeName() != null);
        farm.kubelet().running(farm.pods().get(0));
        await().until(() -> imageAvailable().filter(Condition::holds).isPresent());
        farm.wake();
        await().until(() -> farm.pods().size() == 6);
        assertThat(farm.client().v1().events().inNamespace(farm.namespace()).list().getItems().stream()
                        .filter(e ->
                                "BuildEnvironment".equals(e.getInvolvedObject().getKind())))
                .hasSize(1);
    }
}

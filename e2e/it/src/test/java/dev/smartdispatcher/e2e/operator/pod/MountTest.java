package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods whose volumes do not come, which only their Events tell. */
class MountTest {
    private final LeapingClock clock = new LeapingClock();
    private final Harness farm = new Harness(ClusterOptions.DEFAULT.withClock(clock));

    @AfterEach
    void close() {
        farm.close();
    }

    private void publish() {
        farm.publish("w", 1, "8Gi", clock.instant());
    }

    private void failedMount(Pod pod, String words) {
        farm.client()
                .v1()
                .events()
                .inNamespace("default")
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName() + ".1")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .withNamespace("default")
                        .withUid(pod.getMetadata().getUid())
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason("FailedMount")
                        .withMessage(words)
                        .withLastTimestamp(clock.instant().toString())
                        .build())
                .create();
    }

    /** The pod's status says only ContainerCreating. */
    @ParameterizedTest
    @CsvSource({
        "'secret \"keys\" not found', SecretNotFound, keys",
        "'configmap \"settings\" not found', ConfigMapNotFound, settings",
    })
    void aVolumeThatIsMissingGivesTheRoomBackWithinSeconds(String words, Reason reason, String object) {
        farm.operatorAt(clock);
        farm.worker("w", 1);
        farm.job("j", "retry: {onWorkerLost: 0}");
        var pod = farm.pod("j", 1);
        farm.kubelet().waiting(pod, "ContainerCreating");
        failedMount(pod, "MountVolume.SetUp failed for volume \"v\" : " + words);
        clock.leap(Duration.ofSeconds(11));
        publish();
        farm.wake();
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        var status = farm.until("j", s -> s.waiting() != null && s.waiting().reason() == reason);
        assertThat(status.attempts()).singleElement().satisfies(a -> {
            assertThat(a.outcome()).isEqualTo(reason);
            assertThat(a.obstacle().object()).isEqualTo(object);
            assertThat(a.message()).contains("'" + object + "' is missing");
        });
        farm.job("next");
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", BuildJobStatus::finished);
        clock.leap(Duration.ofSeconds(11));
        publish();
        farm.wake();
        farm.kubelet().ended(farm.pod("j", 2), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    /** It may come, so it is waited for; what was in the way has its name, also when it is given up. */
    @Test
    void aVolumeThatCannotBeMountedIsNamedAndWaitedFor() {
        farm.operatorAt(clock);
        farm.worker("w", 1);
        farm.job("j", "retry: {onWorkerLost: 0}");
        var pod = farm.pod("j", 1);
        farm.kubelet().waiting(pod, "ContainerCreating");
        failedMount(pod, "MountVolume.SetUp failed for volume \"pv\" : exit status 32");
        clock.leap(Duration.ofSeconds(11));
        publish();
        farm.wake();
        var hindered = farm.until(
                "j", s -> s.liveAttempt().filter(a -> a.obstacle() != null).isPresent());
        assertThat(hindered.liveAttempt().orElseThrow().obstacle()).satisfies(o -> {
            assertThat(o.reason()).isEqualTo(Reason.FailedMount);
            assertThat(o.message()).endsWith("exit status 32");
        });
        clock.leap(Duration.ofMinutes(10));
        publish();
        farm.wake();
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        var status = farm.until("j", s -> s.attempts().get(0).outcome() != null);
        assertThat(status.attempts().get(0).outcome()).isEqualTo(Reason.FailedMount);
        assertThat(status.finished()).isFalse();
    }
}

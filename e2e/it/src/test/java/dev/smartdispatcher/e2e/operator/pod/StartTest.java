package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waiting to start is not failing. */
@ExtendWith(HarnessExtension.class)
class StartTest {
    private final LeapingClock clock = new LeapingClock();
    private final Harness farm;

    StartTest(Harness farm) {
        this.farm = farm;
    }

    @Test
    void aJobThatDoesNotWaitForEverFails() {
        farm.operatorAt(clock);
        farm.worker("w", 4);
        farm.job("j", "startDeadlineSeconds: 200");
        var pod = farm.pod("j", 1);
        farm.kubelet().waiting(pod, "ImagePullBackOff");
        clock.leapPast(pod, Duration.ofSeconds(121));
        farm.wake();
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        farm.until("j", s -> s.waiting() != null && s.waiting().reason() == Reason.ImagePullFailed);
        clock.leap(Duration.ofSeconds(80));
        farm.wake();
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.condition(BuildJobStatus.FAILED)).hasValueSatisfying(c -> {
            assertThat(c.reason()).isEqualTo("StartDeadlineExceeded");
            assertThat(c.message())
                    .isEqualTo("no attempt started within 200 s; the last one: image 'local.test/debian:12' cannot be"
                            + " pulled: ImagePullBackOff");
        });
    }

    @Test
    void aPodThatIsOverdueIsGivenUpThoughItsImageMayStillCome() {
        farm.operatorAt(clock);
        farm.worker("w", 4);
        farm.job("j", "startDeadlineSeconds: 60");
        var pod = farm.pod("j", 1);
        farm.kubelet().waiting(pod, "ErrImagePull");
        clock.leapPast(pod, Duration.ofSeconds(61));
        farm.wake();
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.condition(BuildJobStatus.FAILED).orElseThrow().reason())
                .isEqualTo("StartDeadlineExceeded");
        assertThat(status.attempts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidImageName, couldn't parse image name, InvalidImageName, local.test/debian:12",
        "CreateContainerConfigError, 'secret \"tokens\" not found', SecretNotFound, tokens",
        "CreateContainerConfigError, 'configmap \"settings\" not found', ConfigMapNotFound, settings",
    })
    void whatCannotMendItselfGivesTheRoomBackAtOnce(String word, String words, Reason reason, String object) {
        farm.operatorAt(clock);
        farm.worker("w", 1);
        farm.job("j", "retry: {onWorkerLost: 0}");
        var pod = farm.pod("j", 1);
        farm.kubelet()
                .containers(
                        pod,
                        "Pending",
                        "{name: build, state: {waiting: {reason: %s, message: \"%s\"}}}"
                                .formatted(word, words.replace("\"", "\\\"")));
        farm.untilDeleted(pod);
        farm.kubelet().neverMade(pod);
        farm.kubelet().gone(pod);
        var status = farm.until("j", s -> s.waiting() != null && s.waiting().reason() == reason);
        assertThat(status.attempts()).singleElement().satisfies(a -> {
            assertThat(a.outcome()).isEqualTo(reason);
            assertThat(a.obstacle().object()).isEqualTo(object);
            assertThat(a.message()).contains("'" + object + "'");
        });
        // The room is another's meanwhile, and the job is tried again a little later.
        farm.job("next");
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", BuildJobStatus::finished);
        clock.leap(Duration.ofSeconds(11));
        farm.wake();
        farm.kubelet().ended(farm.pod("j", 2), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    @Test
    void aClaimThatIsNotThereIsWaitedFor() {
        farm.operatorAt(clock);
        farm.worker("w", 1);
        farm.job("j", "results: {claimName: artifacts}");
        var status = farm.until("j", s -> s.waiting() != null && s.waiting().reason() == Reason.ClaimNotFound);
        assertThat(status.attempts()).singleElement().satisfies(a -> {
            assertThat(a.outcome()).isEqualTo(Reason.ClaimNotFound);
            assertThat(a.obstacle().object()).isEqualTo("artifacts");
        });
        assertThat(farm.pods()).isEmpty();
        farm.apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: artifacts}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """, PersistentVolumeClaim.class);
        clock.leap(Duration.ofSeconds(11));
        farm.wake();
        farm.kubelet().ended(farm.pod("j", 2), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }
}

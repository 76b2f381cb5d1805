package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a pod from starting has a name, and names what is missing. */
class ObstacleTest {
    private static final Allocation ALLOCATION = new Allocation(
            "w", "x86_64", Mode.Native, 4, new Quantity("4"), new Quantity("512Mi"), new Quantity("1Gi"));

    private static Pod pod(String status) {
        return Serialization.unmarshal(
                "--- {metadata: {name: p, creationTimestamp: '" + Pods.CREATED
                        + "'}, spec: {containers: [{name: build, image: 'local.test/debian:12'}], volumes: [{name:"
                        + " smart-dispatcher-lists, configMap: {name: lists-4f1c}}]}, status: {phase:"
                        + " Pending, " + status + "}}",
                Pod.class);
    }

    private static Pod waiting(String reason, String message) {
        return pod("containerStatuses: [{name: build, state: {waiting: {reason: " + reason + ", message: '" + message
                + "'}}}]");
    }

    private static AttemptObserver observer(int seconds) {
        return new AttemptObserver(Clock.fixed(Instant.parse(Pods.CREATED).plusSeconds(seconds), ZoneOffset.UTC));
    }

    private static Obstacle stuck(Pod pod) {
        return ((Observation.Stuck) observer(1).observe(pod, ALLOCATION)).obstacle();
    }

    /** The words of kubelets of 1.30 to 1.36, and of the scheduler. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InvalidImageName | couldn't parse image name \"not an image:::\" | InvalidImageName |"
                        + " local.test/debian:12",
                "CreateContainerConfigError | secret \"tokens\" not found | SecretNotFound | tokens",
                "CreateContainerConfigError | configmap \"settings\" not found | ConfigMapNotFound | settings",
                "CreateContainerConfigError | couldn't find key k in Secret team-a/tokens | SecretNotFound | tokens",
                "CreateContainerConfigError | couldn't find key k in ConfigMap team-a/settings | ConfigMapNotFound |"
                        + " settings",
                "ContainerCreating | MountVolume.SetUp failed for volume \"k\" : secret \"keys\" not found |"
                        + " SecretNotFound | keys",
                "CreateContainerConfigError | container has runAsNonRoot and image will run as root | StartFailed |",
                "CreateContainerError | no command specified | StartFailed |",
                "ErrImageNeverPull | is not present with pull policy of Never | ImagePullFailed | local.test/debian:12",
            })
    void whatNoWaitingMendsIsGivenUpAtOnceByItsName(String word, String message, Reason reason, String object) {
        var obstacle = stuck(waiting(word, message.replace("'", "''")));
        assertThat(obstacle.reason()).isEqualTo(reason);
        assertThat(obstacle.object()).isEqualTo(object);
        assertThat(obstacle.message()).contains(message);
        if (object != null) {
            assertThat(obstacle.message()).startsWith(named(reason, object, message));
        }
    }

    private static String named(Reason reason, String object, String message) {
        return switch (reason) {
            case SecretNotFound, ConfigMapNotFound ->
                (reason == Reason.SecretNotFound ? "Secret '" : "ConfigMap '")
                        + object
                        + (message.contains("find key") ? "' lacks a key: " : "' is missing: ");
            default -> "image '" + object + "' cannot be pulled: ";
        };
    }

    @Test
    void aClaimThatIsMissingIsNamedByTheScheduler() {
        var obstacle = stuck(
                pod("conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes"
                        + " are available: persistentvolumeclaim \"artifacts\" not found. preemption: 0/2 nodes"
                        + " are available.'}]"));
        assertThat(obstacle.reason()).isEqualTo(Reason.ClaimNotFound);
        assertThat(obstacle.object()).isEqualTo("artifacts");
        assertThat(obstacle.message()).startsWith("PersistentVolumeClaim 'artifacts' is missing: 0/2 nodes");
    }

    /** The operator makes them again. */
    @Test
    void theOperatorsOwnConfigMapsAreNoneOfTheJobs() {
        assertThat(observer(30)
                        .observe(
                                waiting(
                                        "ContainerCreating",
                                        "MountVolume.SetUp failed: configmap \"lists-4f1c\" not found"),
                                ALLOCATION))
                .isInstanceOf(Observation.NotStarted.class);
    }

    @Test
    void anImageThatIsStillBeingPulledIsWaitedForLongerThanASandbox() {
        var pulling =
                pod("conditions: [{type: PodReadyToStartContainers, status: 'True'}], containerStatuses: [{name: build,"
                        + " state: {waiting: {reason: ContainerCreating}}}]");
        assertThat(observer(1799).observe(pulling, ALLOCATION)).isInstanceOf(Observation.NotStarted.class);
        assertThat(observer(1801).observe(pulling, ALLOCATION)).isInstanceOf(Observation.Stuck.class);
    }

    private static Attempt hindered(Instant start) {
        return AttemptBuilder.builder()
                .number(1)
                .worker("w")
                .pod("p")
                .startTime(start)
                .obstacle(new Obstacle(Reason.ImagePullFailed, "i", "image 'i' cannot be pulled: no answer"))
                .build();
    }

    @Test
    void thePodsEndIsTheObstaclesIfNothingStarted() {
        var observer = observer(1);
        assertThat(observer.gone(hindered(null)).outcome()).isEqualTo(Reason.ImagePullFailed);
        assertThat(observer.gone(hindered(Instant.EPOCH)).outcome()).isEqualTo(Reason.WorkerLost);
        // As a kubelet says of a container that it never made.
        var killed = Pods.container(
                "Failed",
                "{terminated: {exitCode: 137, reason: ContainerStatusUnknown, message: 'could not be located'}}");
        var ended = (Observation.Ended) observer.observe(killed, ALLOCATION);
        assertThat(observer.explained(hindered(null), ended)).satisfies(e -> {
            assertThat(e.outcome()).isEqualTo(Reason.ImagePullFailed);
            assertThat(e.exitCode()).isEmpty();
            assertThat(e.message()).isEqualTo("image 'i' cannot be pulled: no answer");
        });
        var ran = (Observation.Ended) observer.observe(Pods.terminated(3, "Error", "{\"exitCode\":3}"), ALLOCATION);
        assertThat(observer.explained(hindered(null), ran)).isEqualTo(ran);
    }
}

package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that was full, in the words of kubelets and of the entry. */
class DiskOutcomeTest {
    private static final Allocation ALLOCATION = new Allocation(
            "w", "x86_64", Mode.Native, 4, new Quantity("4"), new Quantity("512Mi"), new Quantity("1Gi"));
    private static final AttemptObserver OBSERVER =
            new AttemptObserver(Clock.fixed(Instant.parse("2026-01-01T12:03:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Usage of EmptyDir volume \"smart-dispatcher-build\" exceeds the limit \"1Gi\". ",
                "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ",
                "Container build exceeded its local ephemeral storage limit \"1Gi\". ",
                "pod exceeded its local ephemeral storage limit"
            })
    void overItsOwnLimit(String message) {
        assertThat(evicted(message, 137).outcome()).isEqualTo(Reason.OutOfDisk);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The node was low on resource: ephemeral-storage. Threshold quantity: 16023864137, available:"
                        + " 12671572Ki. Container build was using 1639680Ki, request is 1Gi, has larger consumption of"
                        + " ephemeral-storage. ",
                "The node was low on resource: ephemeral-storage. Container build was using 5Gi, which exceeds its"
                        + " request of 1Gi. ",
                "The node was low on resource: memory. Threshold quantity: 100Mi, available: 70312Ki. ",
                "The node had condition: [DiskPressure]. "
            })
    void theNodesShortage(String message) {
        assertThat(evicted(message, 137).outcome()).isEqualTo(Reason.WorkerLost);
    }

    @Test
    void onTheContainerAlone() {
        var pod = Pods.terminated(137, "Error", "Container build exceeded its local ephemeral storage limit \"1Gi\".");
        assertThat(ended(pod).outcome()).isEqualTo(Reason.OutOfDisk);
        assertThat(ended(pod).message())
                .isEqualTo("ran out of disk: 1Gi; Container build exceeded its local ephemeral storage limit \"1Gi\".");
    }

    @Test
    void asTheEntrySawIt() {
        var pod = Pods.terminated(2, "Error", "{\"exitCode\":2,\"outOfDisk\":true}");
        assertThat(ended(pod).outcome()).isEqualTo(Reason.OutOfDisk);
        assertThat(ended(pod).message())
                .isEqualTo("ran out of disk: 1Gi; the scratch disk was full when the command failed with exit code 2");
    }

    /** The words are the build's own here: its output, as the entry quotes it. */
    @Test
    void wordsInTheOutputProveNothing() {
        var pod = Pods.terminated(
                2,
                "Error",
                "{\"exitCode\":2,\"outOfDisk\":false,\"lastLines\":\"exceeded its local ephemeral storage limit\"}");
        assertThat(ended(pod).outcome()).isEqualTo(Reason.BuildFailed);
    }

    @Test
    void aBuildThatSucceededHadEnough() {
        var pod = Pods.terminated(0, "Completed", "{\"exitCode\":0,\"outOfDisk\":true}");
        assertThat(ended(pod).outcome()).isEqualTo(Reason.Succeeded);
    }

    private static Observation.Ended evicted(String message, int exitCode) {
        return ended(Pods.with("phase: Failed, reason: Evicted, message: '" + message
                + "', containerStatuses: [{name: build, state: " + Pods.terminatedState(exitCode, "Error", "") + "}]"));
    }

    private static Observation.Ended ended(Pod pod) {
        return (Observation.Ended) OBSERVER.observe(pod, ALLOCATION);
    }
}

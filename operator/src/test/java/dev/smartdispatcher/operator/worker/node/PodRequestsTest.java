package dev.smartdispatcher.operator.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PodRequestsTest {
    private static final long MI = 1L << 20;

    @Test
    void containersAddUp() {
        assertThat(request("""
            containers:
            - {name: a, resources: {requests: {cpu: 250m, memory: 64Mi, ephemeral-storage: 1Mi}}}
            - {name: b, resources: {requests: {cpu: "1", memory: 32Mi}}}
            - {name: c}
            """)).isEqualTo(new Room(1250, 96 * MI, MI, 1));
    }

    @Test
    void aDemandingInitContainerCountsBesideTheSidecarsBeforeIt() {
        assertThat(request("""
            initContainers:
            - {name: early, resources: {requests: {cpu: 900m}}}
            - {name: sidecar, restartPolicy: Always, resources: {requests: {cpu: 100m, memory: 10Mi}}}
            - {name: late, resources: {requests: {cpu: 950m}}}
            containers:
            - {name: a, resources: {requests: {cpu: 200m, memory: 64Mi}}}
            """)).isEqualTo(new Room(1050, 74 * MI, 0, 1));
    }

    @Test
    void sidecarsRunBesideTheContainers() {
        assertThat(request("""
            initContainers:
            - {name: early, resources: {requests: {cpu: 250m}}}
            - {name: sidecar, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
            containers:
            - {name: a, resources: {requests: {cpu: 200m}}}
            """)).isEqualTo(new Room(300, 0, 0, 1));
    }

    /** The sum of 2048 times 4Pi is negative as a long, and would make the node larger than it is. */
    @Test
    void noNumberOfContainersMakesASumThatIsNone() {
        var containers = IntStream.range(0, 2048)
                .mapToObj(
                        i -> "- {name: c%d, resources: {requests: {memory: 4Pi, cpu: \"4000000000000\"}}}".formatted(i))
                .collect(Collectors.joining("\n"));
        assertThat(PodRequests.of(pod("containers:\n" + containers))).isEmpty();
        assertThat(PodRequests.of(pod("containers: [{name: c}]\ninitContainers:\n"
                        + containers.replace("resources:", "restartPolicy: Always, resources:"))))
                .isEmpty();
        var most = pod("containers: [{name: c, resources: {requests: {memory: 4Pi}}}]");
        assertThat(PodRequests.together(Stream.generate(() -> most).limit(5000)).memory())
                .isEqualTo(Quantities.MOST);
    }

    @Test
    void whatThePodItselfStatesReplacesItsContainers() {
        assertThat(request("""
            resources: {requests: {cpu: "3"}}
            overhead: {cpu: 100m, memory: 5Mi}
            containers:
            - {name: a, resources: {requests: {cpu: 200m, memory: 64Mi}}}
            """)).isEqualTo(new Room(3100, 69 * MI, 0, 1));
    }

    @Test
    void aResizeCountsWithTheLargerOfWishAndFact() {
        assertThat(resized("200m", "200m", "500m", "")).isEqualTo(500);
        assertThat(resized("500m", "200m", "200m", "")).isEqualTo(500);
    }

    /** After it grew and before it shrinks again, the kubelet holds what it has granted, whatever is in force yet. */
    @Test
    void aResizeCountsWithWhatTheKubeletHasGranted() {
        assertThat(resized("200m", "800m", "500m", "")).isEqualTo(800);
    }

    @Test
    void aWishThatTheNodeCanNeverGrantDoesNotCount() {
        assertThat(resized("64", "200m", "300m", "Infeasible")).isEqualTo(300);
        assertThat(resized("64", "200m", "300m", "Deferred")).isEqualTo(64_000);
    }

    /** A kubelet that knows of no resizes grants what is asked for, and tells nothing in force. */
    @Test
    void allocatedResourcesAloneAreNoResize() {
        var pod = pod("containers: [{name: a, resources: {requests: {cpu: 200m}}}]", """
            containerStatuses: [{name: a, allocatedResources: {cpu: 800m}}]
            """);
        assertThat(PodRequests.of(pod).orElseThrow().cpuMillis()).isEqualTo(200);
    }

    private static long resized(String wish, String granted, String inForce, String pending) {
        var condition =
                pending.isEmpty() ? "" : "{type: PodResizePending, status: \"True\", reason: %s}".formatted(pending);
        var pod = pod("containers: [{name: a, resources: {requests: {cpu: %s}}}]".formatted(wish), """
            conditions: [%s]
            containerStatuses:
            - {name: a, allocatedResources: {cpu: %s}, resources: {requests: {cpu: %s}}}
            """.formatted(
                        condition, granted, inForce));
        return PodRequests.of(pod).orElseThrow().cpuMillis();
    }

    @Test
    void anAmountBeyondAllMeasureRunsNowhere() {
        assertThat(PodRequests.of(pod("""
            containers:
            - {name: a, resources: {requests: {memory: 9Ei}}}
            """, "{}"))).isEmpty();
    }

    private static Room request(String spec) {
        return PodRequests.of(pod(spec, "{}")).orElseThrow();
    }

    private static Pod pod(String spec) {
        return pod(spec, "{}");
    }

    private static Pod pod(String spec, String status) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n" + spec.indent(2) + "status:\n"
                        + status.indent(2),
                Pod.class);
    }
}

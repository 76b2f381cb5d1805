package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An admission webhook has added containers to the pod: before the build's, behind it, or on both sides of it. */
class SidecarTest {
    private static final Allocation ALLOCATION = new Allocation(
            "w", "x86_64", Mode.Native, 4, new Quantity("4"), new Quantity("512Mi"), new Quantity("1Gi"));
    private static final String RUNS = "{running: {startedAt: '2026-01-01T12:00:01Z'}}";
    private static final List<String> STATES = List.of(
            RUNS,
            "{waiting: {reason: ImagePullBackOff}}",
            "{waiting: {reason: InvalidImageName}}",
            Pods.terminatedState(0, "Completed", ""),
            Pods.terminatedState(1, "Error", ""),
            Pods.terminatedState(137, "OOMKilled", ""));

    private static Pod pod(String phase, String build, String before, String after) {
        var statuses = new ArrayList<String>();
        add(statuses, "a-proxy", before);
        add(statuses, "build", build);
        add(statuses, "z-proxy", after);
        return Pods.with("phase: " + phase + ", containerStatuses: [" + String.join(", ", statuses) + "]");
    }

    private static void add(List<String> statuses, String name, String state) {
        if (state != null) {
            statuses.add("{name: " + name + ", state: " + state + "}");
        }
    }

    private static Observation observe(Pod pod) {
        return new AttemptObserver(Clock.fixed(Instant.parse("2026-01-01T12:00:30Z"), ZoneOffset.UTC))
                .observe(pod, ALLOCATION);
    }

    /** Every state of another container, before and behind the build's. */
    static Stream<List<String>> others() {
        var states = new ArrayList<>(STATES);
        states.add(null);
        return states.stream()
                .flatMap(before -> states.stream().map(after -> Arrays.asList(before, after)))
                .filter(pair -> pair.get(0) != null || pair.get(1) != null);
    }

    @ParameterizedTest
    @MethodSource("others")
    void aBuildThatRunsIsSeenToRunWhateverBecomesOfTheOthers(List<String> others) {
        var pod = pod("Running", RUNS, others.get(0), others.get(1));
        assertThat(observe(pod)).isInstanceOf(Observation.Running.class);
        assertThat(PodState.ended(pod)).isFalse();
        assertThat(PodState.holdsRoom(pod)).isTrue();
        assertThat(PodState.isLingering(pod)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("others")
    void theEndOfTheBuildIsItsOwn(List<String> others) {
        var pod = pod("Running", Pods.terminatedState(3, "Error", "{\"exitCode\":3}"), others.get(0), others.get(1));
        assertThat(observe(pod)).isInstanceOfSatisfying(Observation.Ended.class, ended -> {
            assertThat(ended.outcome()).isEqualTo(Reason.BuildFailed);
            assertThat(ended.exitCode()).contains(3);
        });
        assertThat(PodState.ended(pod)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("others")
    void aPodLingersAndHoldsRoomWhileAnotherContainerMayRun(List<String> others) {
        var mayRun = others.stream().anyMatch(state -> state != null && !state.contains("terminated"));
        for (var phase : List.of("Running", "Pending")) {
            var pod = pod(phase, Pods.terminatedState(0, "Completed", ""), others.get(0), others.get(1));
            assertThat(PodState.isLingering(pod)).isEqualTo(mayRun);
            assertThat(PodState.holdsRoom(pod)).isEqualTo(mayRun);
        }
        // kube-scheduler gives the room to others from then on.
        var over = pod("Succeeded", Pods.terminatedState(0, "Completed", ""), others.get(0), others.get(1));
        assertThat(PodState.holdsRoom(over)).isFalse();
    }

    @Test
    void aPodWithoutOtherContainersGivesItsRoomBackBeforeItsPhaseSaysSo() {
        assertThat(PodState.holdsRoom(Pods.terminated(0, "Completed", ""))).isFalse();
    }

    @Test
    void aKubeletThatTellsOfTheOthersAloneHasNotGivenUpBeforeTheBuildStarted() {
        var pod =
                Pods.with("phase: Failed, reason: Evicted, containerStatuses: [{name: a-proxy, state: " + RUNS + "}]");
        pod.getSpec().setNodeName("node-7");
        assertThat(PodState.ended(pod)).isFalse();
    }

    private static Pod withInit(String init, String restartPolicy, String build) {
        return Serialization.unmarshal(
                "--- {metadata: {name: p, creationTimestamp: '" + Pods.CREATED
                        + "'}, spec: {nodeName: node-7, containers:"
                        + " [{name: build}], initContainers: [{name: mesh" + restartPolicy
                        + "}]}, status: {phase: Running,"
                        + " initContainerStatuses: [{name: mesh, state: " + init
                        + "}], containerStatuses: [{name: build,"
                        + " state: " + build + "}]}}",
                Pod.class);
    }

    /** Of init containers with restartPolicy Always, which run beside the build. */
    @Test
    void aNativeSidecarHoldsTheRoomUntilItHasEnded() {
        var ended = Pods.terminatedState(0, "Completed", "{\"exitCode\":0}");
        var runs = withInit(RUNS, ", restartPolicy: Always", ended);
        assertThat(observe(runs)).isInstanceOf(Observation.Ended.class);
        assertThat(PodState.isLingering(runs)).isTrue();
        var over = withInit(Pods.terminatedState(137, "Error", ""), ", restartPolicy: Always", ended);
        assertThat(PodState.holdsRoom(over)).isFalse();
        // One that fails is started again, and the build goes on.
        var fails = withInit(Pods.terminatedState(1, "Error", ""), ", restartPolicy: Always", RUNS);
        assertThat(observe(fails)).isInstanceOf(Observation.Running.class);
    }

    /** The build is never started then, and the kubelet says of it for ever that the pod is being initialised. */
    @Test
    void anInitContainerThatFailsIsWhyTheBuildDoesNotStart() {
        var waits = "{waiting: {reason: PodInitializing}}";
        assertThat(observe(withInit(Pods.terminatedState(2, "Error", ""), "", waits)))
                .isEqualTo(new Observation.Stuck(
                        new Obstacle(Reason.StartFailed, null, "init container mesh failed: exit code 2")));
        assertThat(observe(withInit(Pods.terminatedState(0, "Completed", ""), "", waits)))
                .isInstanceOf(Observation.NotStarted.class);
        assertThat(observe(withInit(Pods.terminatedState(2, "Error", ""), ", restartPolicy: Always", waits)))
                .isInstanceOf(Observation.NotStarted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeadlineExceeded", "Evicted"})
    void whatEndedThePodAfterTheBuildDoesNotJudgeTheBuild(String reason) {
        var pod = Pods.with("phase: Failed, reason: " + reason + ", message: 'The node was low on resource: memory.',"
                + " containerStatuses: [{name: a-proxy, state: " + Pods.terminatedState(137, "Error", "")
                + "}, {name: build, state: " + Pods.terminatedState(3, "Error", "{\"exitCode\":3}") + "}]");
        assertThat(observe(pod)).isInstanceOfSatisfying(Observation.Ended.class, ended -> assertThat(ended.outcome())
                .isEqualTo(Reason.BuildFailed));
    }
}

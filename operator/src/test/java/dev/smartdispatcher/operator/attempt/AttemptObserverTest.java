package dev.smartdispatcher.operator.attempt;

import static dev.smartdispatcher.operator.attempt.Pods.ALLOCATION;
import static dev.smartdispatcher.operator.attempt.Pods.container;
import static dev.smartdispatcher.operator.attempt.Pods.observer;
import static dev.smartdispatcher.operator.attempt.Pods.terminated;
import static dev.smartdispatcher.operator.attempt.Pods.terminatedState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.Usage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How an attempt ended, and when its pod proves nothing. */
class AttemptObserverTest {
    private static final String UNREPORTED =
            "exit code 0 without the entry's report: the image's /bin/sh did not run the"
                    + " entry to its end, as with SHELLOPTS=noexec in the environment";

    private static Observation observe(Pod pod) {
        return observer(30).observe(pod, ALLOCATION);
    }

    static Stream<Arguments> ends() {
        var rejected = "phase: Failed, reason: OutOfcpu, startTime: '2026-01-01T12:00:00Z',"
                + " message: 'Pod was rejected: Node did not have enough resource: cpu'";
        return Stream.of(
                arguments("success", terminated(0, "Completed", "{\"exitCode\":0}"), Reason.Succeeded, "succeeded"),
                arguments("no report", terminated(0, "Completed", ""), Reason.EntryNotRunnable, UNREPORTED),
                arguments(
                        "a report's place",
                        terminated(0, "Completed", " ".repeat(4094)),
                        Reason.EntryNotRunnable,
                        UNREPORTED),
                arguments(
                        "a report of another exit code than 0",
                        terminated(0, "Completed", "{\"exitCode\":3}"),
                        Reason.EntryNotRunnable,
                        UNREPORTED),
                arguments("exit code", terminated(3, "Error", "{\"exitCode\":3}"), Reason.BuildFailed, "exit code 3"),
                arguments("message that is none", terminated(3, "Error", "boom"), Reason.BuildFailed, "exit code 3"),
                arguments(
                        "main process out of memory",
                        terminated(137, "OOMKilled", ""),
                        Reason.OutOfMemory,
                        "ran out of memory: 512Mi with parallelism 4"),
                arguments(
                        "a compiler out of memory",
                        terminated(2, "Error", "{\"exitCode\":2,\"oomKills\":1,\"memoryPeakBytes\":535822336}"),
                        Reason.OutOfMemory,
                        "ran out of memory: 512Mi with parallelism 4"),
                arguments(
                        "a killed child that the build got over",
                        terminated(0, "OOMKilled", "{\"exitCode\":0,\"oomKills\":1}"),
                        Reason.Succeeded,
                        "succeeded"),
                arguments(
                        "deadline by the entry",
                        terminated(124, "Error", "{\"exitCode\":124,\"deadlineExceeded\":true,\"terminated\":true}"),
                        Reason.DeadlineExceeded,
                        "exceeded its deadline of 20 s"),
                arguments(
                        "deadline by the kubelet",
                        Pods.with("phase: Failed, reason: DeadlineExceeded, containerStatuses: [{name: build, state: "
                                + terminatedState(137, "Error", "") + "}]"),
                        Reason.DeadlineExceeded,
                        "exceeded its deadline of 20 s"),
                arguments(
                        "results not copied",
                        terminated(122, "Error", "{\"exitCode\":122,\"results\":\"failed\",\"message\":\"disk full\"}"),
                        Reason.ResultsNotCopied,
                        "the results could not be copied: disk full"),
                arguments(
                        "evicted for its own disk",
                        Pods.with("phase: Failed, reason: Evicted, message: 'Usage of EmptyDir volume \"s\" exceeds the"
                                + " limit \"20Mi\". ', containerStatuses: [{name: build, state: "
                                + terminatedState(137, "Error", "") + "}]"),
                        Reason.OutOfDisk,
                        "ran out of disk: 1Gi; Usage of EmptyDir volume \"s\" exceeds the limit \"20Mi\"."),
                arguments(
                        "the node shuts down",
                        Pods.with(
                                "phase: Failed, reason: Terminated, message: 'Pod was terminated in response to imminent"
                                        + " node shutdown.', containerStatuses: [{name: build, state: "
                                        + terminatedState(
                                                143, "Error", "{\\\"exitCode\\\":143,\\\"terminated\\\":true}")
                                        + "}]"),
                        Reason.Interrupted,
                        "the pod was terminated from outside the build: Terminated, Pod was terminated in response to"
                                + " imminent node shutdown."),
                arguments(
                        "evicted for the node's sake",
                        Pods.with("phase: Failed, reason: Evicted, message: 'The node was low on resource: memory.',"
                                + " containerStatuses: [{name: build, state: " + terminatedState(137, "Error", "")
                                + "}]"),
                        Reason.WorkerLost,
                        "the pod was terminated from outside the build: Evicted, The node was low on resource: memory."),
                arguments(
                        "deleted",
                        Pods.with(
                                ", deletionTimestamp: '2026-01-01T12:00:08Z'",
                                "phase: Running, containerStatuses: [{name: build, state: "
                                        + terminatedState(143, "Error", "{\"exitCode\":143,\"terminated\":true}")
                                        + "}]"),
                        Reason.WorkerLost,
                        "the pod was terminated from outside the build"),
                arguments(
                        "supervisor killed",
                        terminated(255, "Error", ""),
                        Reason.WorkerLost,
                        "the pod was terminated from outside the build, and nothing says by what"),
                arguments(
                        "no shell",
                        terminated(128, "StartError", "exec: /bin/sh: no such file or directory"),
                        Reason.EntryNotRunnable,
                        "the image cannot run the entry: it needs /bin/sh (exec: /bin/sh: no such file or directory)"),
                arguments(
                        "a program of another architecture",
                        terminated(128, "StartError", "exec /bin/sh: exec format error"),
                        Reason.WrongImageArchitecture,
                        "mode Native on a worker of x86_64: the node cannot run the image's programs, which are for another"
                                + " architecture"),
                arguments(
                        "an image of another architecture",
                        terminated(
                                126,
                                "Error",
                                "{\"exitCode\":126,\"notRun\":\"WrongImageArchitecture\",\"message\":\"the image is for x86_64\"}"),
                        Reason.WrongImageArchitecture,
                        "mode Native on a worker of x86_64: the image is for x86_64"),
                arguments(
                        "an image without a personality",
                        terminated(
                                126,
                                "Error",
                                "{\"exitCode\":126,\"notRun\":\"EntryNotRunnable\",\"message\":\"it needs linux32\"}"),
                        Reason.EntryNotRunnable,
                        "it needs linux32"),
                arguments(
                        "a reason that the entry does not give",
                        terminated(126, "Error", "{\"exitCode\":126,\"notRun\":\"Succeeded\",\"message\":\"no\"}"),
                        Reason.BuildFailed,
                        "exit code 126"),
                arguments(
                        "a build that succeeded whatever it wrote",
                        terminated(0, "Completed", "{\"exitCode\":0,\"notRun\":\"WrongImageArchitecture\"}"),
                        Reason.Succeeded,
                        "succeeded"),
                arguments(
                        "a node that cannot start containers",
                        terminated(128, "StartError", "write /sys/fs/cgroup: no space left on device"),
                        Reason.StartFailed,
                        "the container did not start: write /sys/fs/cgroup: no space left on device"),
                arguments(
                        "evicted after a killed child",
                        terminated(143, "Error", "{\"exitCode\":143,\"terminated\":true,\"oomKills\":1}"),
                        Reason.WorkerLost,
                        "the pod was terminated from outside the build"),
                arguments(
                        "a report of another exit code",
                        terminated(3, "Error", "{\"exitCode\":0,\"deadlineExceeded\":true}"),
                        Reason.BuildFailed,
                        "exit code 3"),
                arguments(
                        "command not found is the build's fault",
                        terminated(127, "Error", "{\"exitCode\":127}"),
                        Reason.BuildFailed,
                        "exit code 127"),
                arguments(
                        "rejected by the kubelet",
                        Pods.with(rejected),
                        Reason.StartFailed,
                        "the pod never ran: Pod was rejected: Node did not have enough resource: cpu"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void everyOutcomeOfAnAttempt(String name, Pod pod, Reason outcome, String message) {
        assertThat(observe(pod)).isInstanceOfSatisfying(Observation.Ended.class, ended -> {
            assertThat(ended.outcome()).isEqualTo(outcome);
            assertThat(ended.message()).isEqualTo(message);
        });
        assertThat(PodState.ended(pod)).isTrue();
    }

    @Test
    void theContainersTimesAndUsageAreKept() {
        var pod = terminated(
                0, "Completed", "{\"exitCode\":0,\"memoryPeakBytes\":1048576,\"diskPeakBytes\":0,\"cpuSeconds\":7}");
        assertThat(observe(pod)).isInstanceOfSatisfying(Observation.Ended.class, ended -> {
            assertThat(ended.exitCode()).contains(0);
            assertThat(ended.start()).contains(Instant.parse("2026-01-01T12:00:01Z"));
            assertThat(ended.end()).isEqualTo(Instant.parse("2026-01-01T12:00:09Z"));
            assertThat(ended.usage().orElseThrow().memoryPeak()).isEqualTo(new Quantity("1Mi"));
            assertThat(ended.usage().orElseThrow().diskPeak()).isNull();
            assertThat(ended.usage().orElseThrow().cpuSeconds()).isEqualTo(7);
        });
    }

    /** A build may write its termination message itself: a status with such amounts would be refused, each time. */
    @Test
    void amountsThatNoStatusTakesAreUnknown() {
        var pod = terminated(
                0,
                "Completed",
                "{\"exitCode\":0,\"memoryPeakBytes\":9223372036854775807,\"diskPeakBytes\":-1,\"cpuSeconds\":-1}");
        assertThat(observe(pod)).isInstanceOfSatisfying(Observation.Ended.class, ended -> assertThat(ended.usage())
                .contains(new Usage(null, null, null, null)));
    }

    @Test
    void thePhaseAloneProvesNothing() {
        var running = container("Failed", "{running: {startedAt: '2026-01-01T12:00:01Z'}}");
        assertThat(observe(running)).isInstanceOf(Observation.Running.class);
        assertThat(PodState.ended(running)).isFalse();
    }

    /** As a kubelet of v1.36 told of an eviction, with what it knew of the container before it ran; the end came seconds later. */
    @Test
    void anEvictedPodWhoseContainerIsToldToWaitMayRun() {
        var evicted =
                "phase: Failed, reason: Evicted, message: 'Usage of EmptyDir volume \"s\" exceeds the limit \"64Mi\"."
                        + " ', containerStatuses: [{name: build, state: {%s}}]";
        var waits = bound(Pods.with(evicted.formatted("waiting: {reason: ContainerCreating}")));
        assertThat(PodState.ended(waits)).isFalse();
        assertThat(observe(waits)).isInstanceOf(Observation.Ending.class);
        var over = bound(Pods.with(evicted.formatted("terminated: {exitCode: 137, reason: ContainerStatusUnknown}")));
        assertThat(PodState.ended(over)).isTrue();
        assertThat(observe(over)).isInstanceOfSatisfying(Observation.Ended.class, ended -> assertThat(ended.outcome())
                .isEqualTo(Reason.OutOfDisk));
    }

    private static Pod bound(Pod pod) {
        pod.getSpec().setNodeName("node-7");
        return pod;
    }

    /** The garbage collector of a lost node's pods writes the phase, and cannot know what runs there. */
    @Test
    void aCollectedPodThatWasBoundProvesNothing() {
        var gc = "conditions: [{type: DisruptionTarget, status: 'True', reason: DeletionByPodGC}]";
        for (var container : new String[] {"", ", containerStatuses: [{name: build, state: {waiting: {reason: X}}}]"}) {
            var pod = Pods.with("phase: Failed, " + gc + container);
            pod.getSpec().setNodeName("node-7");
            assertThat(PodState.ended(pod)).isFalse();
            assertThat(observe(pod)).isNotInstanceOf(Observation.Ended.class);
            pod.getSpec().setNodeName(null);
            assertThat(PodState.ended(pod)).isTrue();
        }
    }

    @Test
    void aContainerThatNeverStartedHasNoStart() {
        var pod = container(
                "Failed",
                "{terminated: {exitCode: 128, reason: StartError, message: 'exec format error',"
                        + " startedAt: '1970-01-01T00:00:00Z', finishedAt: '2026-01-01T12:00:09Z'}}");
        assertThat(observe(pod)).isInstanceOfSatisfying(Observation.Ended.class, e -> assertThat(e.start())
                .isEmpty());
    }

    private static Attempt attempt(Instant start) {
        return AttemptBuilder.builder()
                .number(1)
                .worker("w")
                .pod("p")
                .startTime(start)
                .build();
    }

    @Test
    void aPodThatIsGoneWasLostOrNeverStarted() {
        assertThat(observer(1).gone(attempt(Instant.EPOCH)).outcome()).isEqualTo(Reason.WorkerLost);
        assertThat(observer(1).gone(attempt(null)).outcome()).isEqualTo(Reason.StartFailed);
    }

    /** An eviction kills first and tells then. */
    @Test
    void whoKilledTheContainerIsWaitedForAMoment() {
        var killed = terminated(137, "Error", "");
        assertThat(observer(18).observe(killed, ALLOCATION)).isInstanceOf(Observation.Ending.class);
        assertThat(outcome(observer(19).observe(killed, ALLOCATION))).isEqualTo(Reason.WorkerLost);
        var told = Pods.with("phase: Failed, reason: Evicted, message: 'Usage of EmptyDir volume \"s\" exceeds the"
                + " limit', containerStatuses: [{name: build, state: " + terminatedState(137, "Error", "") + "}]");
        assertThat(outcome(observer(10).observe(told, ALLOCATION))).isEqualTo(Reason.OutOfDisk);
    }

    /** A kubelet that evicts may tell what it knew of the container before that started. */
    @Test
    void whoUsedTooMuchDiskRan() {
        var message = "Usage of EmptyDir volume \"s\" exceeds the limit \"64Mi\". ";
        var evicted = Pods.with("phase: Failed, reason: Evicted, message: '" + message
                + "', containerStatuses: [{name: build, state: {waiting: {reason: ContainerCreating}}}]");
        var ended = (Observation.Ended) observer(10).observe(evicted, ALLOCATION);
        assertThat(ended.outcome()).isEqualTo(Reason.OutOfDisk);
        assertThat(ended.message()).isEqualTo(message.strip());
    }

    private static Reason outcome(Observation observation) {
        return ((Observation.Ended) observation).outcome();
    }
}

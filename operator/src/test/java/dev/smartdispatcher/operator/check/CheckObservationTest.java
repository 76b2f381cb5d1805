package dev.smartdispatcher.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.check.CheckOutcome.Kind;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckObservationTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static Pod pod(String status) {
        return Serialization.unmarshal("""
            apiVersion: v1
            kind: Pod
            metadata: {name: check-1, namespace: smart-dispatcher, creationTimestamp: "2026-01-01T12:00:00Z"}
            spec: {nodeName: w, containers: [{name: check}]}
            status: %s
            """.formatted(status), Pod.class);
    }

    private static Optional<CheckOutcome> seen(String status, int seconds) {
        return CheckObservation.of(pod(status), TIMEOUT, CREATED.plusSeconds(seconds));
    }

    private static String ended(String how) {
        return "{phase: Failed, containerStatuses: [{name: proxy, state: {terminated: {exitCode: 0}}}, {name: check,"
                + " state: {terminated: {finishedAt: \"2026-01-01T12:00:05Z\", " + how + "}}}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exitCode: 0, message: \"smart-dispatcher-check: exited 0\\ncount=8\\n\"   | passed  | ''",
                "exitCode: 0, message: \"smart-dispatcher-check: exited 0\\nall well\\n\"  | passed  | all well",
                "exitCode: 1, message: \"smart-dispatcher-check: exited 1\\nno loops\\n\"  | failed  | exit code 1: no loops",
                "exitCode: 139, message: \"smart-dispatcher-check: exited 139\\n\"         | failed  | exit code 139 (signal 11)",
                "exitCode: 125, message: \"smart-dispatcher-check: exited 125\\nno perl\\n\"      | notRun  | 'the script cannot tell: no perl'",
                "exitCode: 124, message: \"smart-dispatcher-check: timeout\\nhung\\n\"     | timeout | stopped after 30 s: hung",
                "exitCode: 126, message: \"smart-dispatcher-check: unusable\\nthe image has no tr\\n\" | notRun | the image has no tr",
                "exitCode: 137, reason: OOMKilled                                          | failed  | it needed more memory than it has",
                "exitCode: 128, reason: StartError, message: no such file                  | notRun  | 'StartError: no such file'",
                "exitCode: 137, reason: Error                                              | failed  | it ended without a report",
                "exitCode: 0, message: nonsense                                            | failed  | it ended without a report"
            })
    void theEndOfTheContainer(String how, Kind kind, String message) {
        var outcome = seen(ended(how), 6).orElseThrow();
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(message(outcome)).isEqualTo(message);
    }

    private static String message(CheckOutcome outcome) {
        return outcome instanceof CheckOutcome.Ended ended
                ? ended.message()
                : ((CheckOutcome.NotRun) outcome).message();
    }

    @Test
    void theEndIsTheNodesTimeUnlessThatIsAhead() {
        var how = ended("exitCode: 0, message: \"smart-dispatcher-check: exited 0\"");
        assertThat(((CheckOutcome.Ended) seen(how, 9).orElseThrow()).end()).isEqualTo(CREATED.plusSeconds(5));
        assertThat(((CheckOutcome.Ended) seen(how, 2).orElseThrow()).end()).isEqualTo(CREATED.plusSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{phase: Failed, reason: Evicted, message: 'Usage of EmptyDir volume \"work\" exceeds the limit \"64Mi\".'} | failed",
                "{phase: Failed, reason: Evicted, message: 'The node was low on resource: memory.'}                          | notRun",
                "{phase: Failed, reason: DeadlineExceeded}                                                                  | notRun",
                "{phase: Failed, reason: DeadlineExceeded, containerStatuses: [{name: check, state: {running: {}}}]}         | timeout",
                "{phase: Failed, reason: OutOfcpu, message: full}                                                           | notRun"
            })
    void thePodAsAWhole(String status, Kind kind) {
        assertThat(seen(status, 6).orElseThrow().kind()).isEqualTo(kind);
    }

    @Test
    void onePatientlyWaitsForTheStart() {
        var pulling = "{phase: Pending, containerStatuses: [{name: check, state: {waiting: {reason: ErrImagePull,"
                + " message: no such host}}}]}";
        assertThat(seen(pulling, 120)).isEmpty();
        assertThat(message(seen(pulling, 121).orElseThrow())).isEqualTo("ErrImagePull: no such host");
        var full = "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                + " message: '0/1 nodes are available'}]}";
        assertThat(message(seen(full, 121).orElseThrow())).isEqualTo("Unschedulable: 0/1 nodes are available");
        assertThat(message(seen("{}", 121).orElseThrow())).isEqualTo("it did not start within 120 s");
    }

    @Test
    void andForTheEnd() {
        var running = "{phase: Running, containerStatuses: [{name: check, state: {running: {}}}]}";
        assertThat(seen(running, 150)).isEmpty();
        assertThat(seen(running, 151).orElseThrow().kind()).isEqualTo(Kind.notRun);
    }
}

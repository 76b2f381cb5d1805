package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A build's time runs from its start; that of the kubelet from when it took the pod. */
class BuildClockTest {
    private static final Allocation ALLOCATION = new Allocation(
            "w", "x86_64", Mode.Native, 4, new Quantity("4"), new Quantity("512Mi"), new Quantity("1Gi"));

    /** Else what is waited for an image, a volume or a sandbox is taken off the build's time. */
    @Test
    void theKubeletsDeadlineLeavesRoomForTheSlowestStart() {
        assertThat(List.of(PendingPod.NOT_CREATED, PendingPod.NO_IMAGE, PendingPod.PULLING, PendingPod.UNSCHEDULABLE))
                .allSatisfy(patience ->
                        assertThat((long) WorkerPod.DEADLINE_MARGIN_SECONDS).isGreaterThan(patience.toSeconds()));
    }

    private static Observation.Ended killedByKubelet(String start, String end) {
        var pod = Pods.with(
                "phase: Failed, reason: DeadlineExceeded, startTime: '2026-01-01T12:00:00Z', message: 'Pod was active"
                        + " on the node longer than the specified deadline', containerStatuses: [{name: build, state:"
                        + " {terminated: {exitCode: 137, reason: Error, message: '', startedAt: '" + start
                        + "', finishedAt: '" + end
                        + "'}}}]");
        pod.getMetadata().setAnnotations(Map.of("smartdispatcher.dev/deadline-seconds", "20"));
        return (Observation.Ended)
                new AttemptObserver(Clock.fixed(Instant.parse("2026-01-01T13:00:00Z"), ZoneOffset.UTC))
                        .observe(pod, ALLOCATION);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T12:02:15Z, 2026-01-01T12:02:20Z, StartFailed",
        "2026-01-01T12:02:15Z, 2026-01-01T12:02:33Z, StartFailed",
        "2026-01-01T12:02:15Z, 2026-01-01T12:02:34Z, DeadlineExceeded",
        "2026-01-01T12:00:00Z, 2026-01-01T12:34:00Z, DeadlineExceeded",
    })
    void aBuildThatTheKubeletKilledExceededItsDeadlineOnlyIfItHadAllItsTime(String start, String end, Reason outcome) {
        assertThat(killedByKubelet(start, end).outcome()).isEqualTo(outcome);
    }

    @Test
    void theDeadlineInTheMessageIsTheOneInForce() {
        assertThat(killedByKubelet("2026-01-01T12:00:00Z", "2026-01-01T12:34:00Z")
                        .message())
                .isEqualTo("exceeded its deadline of 20 s");
        assertThat(killedByKubelet("2026-01-01T12:02:15Z", "2026-01-01T12:02:20Z")
                        .message())
                .isEqualTo("the build started so late that the pod's deadline passed before its own");
    }
}

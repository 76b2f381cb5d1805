package dev.smartdispatcher.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCheckTest {
    private static final String GIVEN =
            "allocation: {worker: w, hostArch: x86_64, mode: Native, parallelism: 1, cpu: '1', memory: 1Gi, disk: 1Gi}";
    private static final String LIVE = "attempts: [{number: 1, worker: w.example.com, pod: job-0a1b2-1}]";
    private static final String CONDITION =
            "{type: Running, status: 'True', reason: Started, lastTransitionTime: '2026-01-01T12:00:00Z'}";

    private static BuildJobStatus status(String yaml) {
        return Serialization.unmarshal("--- {" + yaml + "}", BuildJobStatus.class);
    }

    @Test
    void whatAnOperatorRecordsIsRight() {
        assertThat(RecordCheck.problems(BuildJobStatus.EMPTY)).isEmpty();
        assertThat(RecordCheck.problems(status(GIVEN + ", " + LIVE + ", conditions: [" + CONDITION + "]")))
                .isEmpty();
        assertThat(RecordCheck.problems(status(LIVE.replace("}", ", outcome: WorkerLost}"))))
                .as("no allocation once the attempt has ended")
                .isEmpty();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments("number: 1, ", "", "status.attempts[0].number: must be set"),
                arguments("worker: w.example.com", "worker: ''", "status.attempts[0].worker: '' is not a valid name"),
                arguments("pod: job-0a1b2-1", "pod: ''", "status.attempts[0].pod: '' is not a valid name"),
                arguments("pod: job-0a1b2-1", "pod: job/1", "status.attempts[0].pod: 'job/1' is not a valid name"),
                arguments(", pod: job-0a1b2-1", "", "status.attempts[0].pod: must be set"),
                arguments("worker: w, ", "", "status.allocation.worker: must be set"),
                arguments(
                        "x86_64",
                        "vax",
                        "status.allocation.hostArch: 'vax' is not an architecture: use one of x86_64, i586, aarch64,"
                                + " armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64"),
                arguments("mode: Native, ", "", "status.allocation.mode: must be set"),
                arguments("parallelism: 1, ", "", "status.allocation.parallelism: must be set"),
                arguments("cpu: '1', ", "", "status.allocation.cpu: must be set"),
                arguments(
                        "disk: 1Gi",
                        "disk: '9e99'",
                        "status.allocation.disk: quantity 9e99 exceeds the maximum of 4Pi"),
                arguments("disk: 1Gi", "disk: '-1'", "status.allocation.disk: must not be negative"),
                arguments("type: Running, ", "", "status.conditions[0].type: must be set"),
                arguments("status: 'True', ", "", "status.conditions[0].status: must be set"),
                arguments("reason: Started, ", "", "status.conditions[0].reason: must be set"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatNobodyCanGoOnFromIsNamedWithItsField(String part, String instead, String problem) {
        var right = GIVEN + ", " + LIVE + ", conditions: [" + CONDITION + "]";
        assertThat(right).contains(part);
        assertThat(RecordCheck.problems(status(right.replace(part, instead)))).containsExactly(problem);
    }

    @Test
    void anAttemptThatIsLiveWasGivenSomething() {
        assertThat(RecordCheck.problems(status(LIVE))).containsExactly("status.allocation: must be set");
    }
}

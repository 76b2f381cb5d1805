package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJobSpecBuilder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopRequestTest {
    private static Optional<Reason> reason(Boolean suspend, Boolean cancelled) {
        return StopRequest.of(BuildJobSpecBuilder.builder()
                        .suspend(suspend)
                        .cancelled(cancelled)
                        .build())
                .map(StopRequest::reason);
    }

    private static Reason explained(Reason outcome) {
        var ended = new Observation.Ended(
                outcome,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                "",
                AttemptOutput.NOTHING,
                Optional.empty());
        return new StopRequest(Reason.Cancelled, "").explain(ended).outcome();
    }

    @Test
    void aJobThatIsBothIsCancelled() {
        assertThat(reason(null, null)).isEmpty();
        assertThat(reason(false, false)).isEmpty();
        assertThat(reason(true, null)).contains(Reason.Suspended);
        assertThat(reason(true, true)).contains(Reason.Cancelled);
    }

    @ParameterizedTest
    @EnumSource(names = {"Succeeded", "BuildFailed", "OutOfMemory", "OutOfDisk", "InstallFailed", "ResultsNotCopied"})
    void whatABuildCameToByItselfStays(Reason outcome) {
        assertThat(explained(outcome)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "WorkerLost",
                "StartFailed",
                "DeadlineExceeded",
                "DrainDeadlinePassed",
                "ImagePullFailed",
                "NoSandbox"
            })
    void whatItWasStoppedByIsTheRequest(Reason outcome) {
        assertThat(explained(outcome)).isEqualTo(Reason.Cancelled);
    }
}

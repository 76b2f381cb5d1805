package dev.smartdispatcher.operator.workload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScratchVolumeTest {
    private static final ScratchVolume FOUR_GI = new ScratchVolume("fast", new Quantity("4Gi"));

    @Test
    void itGrowsWithEachAttemptThatRanOutOfDisk() {
        assertThat(grown()).isEqualTo(4L << 30);
        assertThat(grown(Reason.OutOfDisk)).isEqualTo(8L << 30);
        assertThat(grown(Reason.OutOfDisk, Reason.WorkerLost, Reason.OutOfDisk)).isEqualTo(16L << 30);
    }

    @Test
    void nothingElseMakesItGrow() {
        assertThat(grown(Reason.OutOfMemory, Reason.BuildFailed, null)).isEqualTo(4L << 30);
    }

    @Test
    void itIsNeverMoreThanAnAmountMayBe() {
        var large = new ScratchVolume("fast", new Quantity("3Pi"));
        assertThat(Quantities.bytes(
                        large.grown(List.of(attempt(Reason.OutOfDisk))).size()))
                .isEqualTo(Quantities.MOST);
    }

    private static long grown(Reason... outcomes) {
        var attempts = Stream.of(outcomes).map(ScratchVolumeTest::attempt).toList();
        return Quantities.bytes(FOUR_GI.grown(attempts).size());
    }

    private static Attempt attempt(Reason outcome) {
        return AttemptBuilder.builder().outcome(outcome).build();
    }
}

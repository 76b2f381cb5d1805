package dev.smartdispatcher.operator.attempt.retry;

import static dev.smartdispatcher.operator.testing.Draw.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.testing.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attempt need not have had what was declared: a retry has more, and so has what history has raised. */
class EnvelopeGrowthProperties {
    private static Attempt outOfMemory(int n, long memory) {
        return AttemptBuilder.builder()
                .parallelism(n)
                .memory(Quantities.ofBytes(memory))
                .outcome(Reason.OutOfMemory)
                .build();
    }

    @Test
    void atTheNThatRanOutItIsTwiceWhatWasAllocated() {
        Seeds.check(1000, random -> {
            var base = between(random, 1L, 1L << 40);
            var perProcess = between(random, 0L, 1L << 36);
            var n = between(random, 1, 64);
            var more = between(random, 0L, 1L << 40);
            long allocated = base + perProcess * n + more;
            var grown = EnvelopeGrowth.grow(base, perProcess, 1, List.of(outOfMemory(n, allocated)));
            assertThat(grown.base() + grown.perProcess() * n).isGreaterThanOrEqualTo(2 * allocated);
        });
    }

    @Test
    void itIsNeverBelowTheDeclaredOneNorBelowWhatAnEarlierAttemptAskedFor() {
        Seeds.check(1000, random -> {
            var base = between(random, 1L, 1L << 40);
            var perProcess = between(random, 0L, 1L << 36);
            var n = between(random, 1, 64);
            var first = between(random, 1L, 1L << 40);
            var second = between(random, 1L, 1L << 40);
            var once = EnvelopeGrowth.grow(base, perProcess, 7, List.of(outOfMemory(n, first)));
            var twice =
                    EnvelopeGrowth.grow(base, perProcess, 7, List.of(outOfMemory(n, first), outOfMemory(n, second)));
            assertThat(once.base()).isGreaterThanOrEqualTo(base);
            assertThat(once.perProcess()).isGreaterThanOrEqualTo(perProcess);
            assertThat(twice.base()).isGreaterThanOrEqualTo(once.base());
            assertThat(twice.perProcess()).isGreaterThanOrEqualTo(once.perProcess());
            assertThat(twice.disk()).isEqualTo(7);
        });
    }
}

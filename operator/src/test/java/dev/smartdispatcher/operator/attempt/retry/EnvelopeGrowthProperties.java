package dev.smartdispatcher.operator.attempt.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.arch.Quantities;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** An attempt need not have had what was declared: a retry has more, and so has what history has raised. */
class EnvelopeGrowthProperties {
    private static Attempt outOfMemory(int n, long memory) {
        return AttemptBuilder.builder()
                .parallelism(n)
                .memory(Quantities.ofBytes(memory))
                .outcome(Reason.OutOfMemory)
                .build();
    }

    @Property(seed = "42")
    void atTheNThatRanOutItIsTwiceWhatWasAllocated(
            @ForAll @LongRange(min = 1, max = 1L << 40) long base,
            @ForAll @LongRange(max = 1L << 36) long perProcess,
            @ForAll @IntRange(min = 1, max = 64) int n,
            @ForAll @LongRange(max = 1L << 40) long more) {
        long allocated = base + perProcess * n + more;
        var grown = EnvelopeGrowth.grow(base, perProcess, 1, List.of(outOfMemory(n, allocated)));
        assertThat(grown.base() + grown.perProcess() * n).isGreaterThanOrEqualTo(2 * allocated);
    }

    @Property(seed = "42")
    void itIsNeverBelowTheDeclaredOneNorBelowWhatAnEarlierAttemptAskedFor(
            @ForAll @LongRange(min = 1, max = 1L << 40) long base,
            @ForAll @LongRange(max = 1L << 36) long perProcess,
            @ForAll @IntRange(min = 1, max = 64) int n,
            @ForAll @LongRange(min = 1, max = 1L << 40) long first,
            @ForAll @LongRange(min = 1, max = 1L << 40) long second) {
        var once = EnvelopeGrowth.grow(base, perProcess, 7, List.of(outOfMemory(n, first)));
        var twice = EnvelopeGrowth.grow(base, perProcess, 7, List.of(outOfMemory(n, first), outOfMemory(n, second)));
        assertThat(once.base()).isGreaterThanOrEqualTo(base);
        assertThat(once.perProcess()).isGreaterThanOrEqualTo(perProcess);
        assertThat(twice.base()).isGreaterThanOrEqualTo(once.base());
        assertThat(twice.perProcess()).isGreaterThanOrEqualTo(once.perProcess());
        assertThat(twice.disk()).isEqualTo(7);
    }
}

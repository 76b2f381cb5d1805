package dev.smartdispatcher.agent.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.api.worker.facts.LoadFacts;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvisorTest {
    private static final long GIB = 1L << 30;

    @Test
    void everyNumberIsExplainedInOneLineWithItsAlternative() {
        var random = new Random(15);
        for (int i = 0; i < 2000; i++) {
            var host = host(random);
            var answers = answers(random);
            var numbers = Advisor.advise(host, answers).numbers();
            assertThat(numbers).extracting(Number::name).doesNotHaveDuplicates().hasSize(8);
            assertThat(numbers).as("%s %s", host, answers).allSatisfy(n -> {
                assertThat(n.value()).isNotBlank().doesNotContain("\n");
                assertThat(n.reason()).isNotBlank().hasSizeLessThan(110).doesNotContain("\n");
                assertThat(n.alternative()).isNotBlank().hasSizeLessThan(110).doesNotContain("\n");
            });
        }
    }

    /** Of whatever machine: never more than it has, never less than one job. */
    @Test
    void adviceFitsTheHostAndOneJobFitsTheAdvice() {
        var random = new Random(4);
        for (int i = 0; i < 5000; i++) {
            var host = host(random);
            var answers = answers(random);
            var what = host + " " + answers;
            var advice = Advisor.advise(host, answers);
            if (host.threads().isPresent()) {
                int jobs = advice.limits().jobs();
                assertThat(jobs).as(what).isBetween(1, host.threads().getAsInt());
                assertThat(advice.makeJobs().getAsInt())
                        .as(what)
                        .isBetween(1, host.threads().getAsInt());
                assertThat(Quantities.millis(advice.limits().cpu()))
                        .as(what)
                        .isBetween(1L, host.threads().getAsInt() * 1000L);
            }
            if (host.memory().isPresent()) {
                long memory = Quantities.bytes(advice.limits().memory());
                assertThat(memory).as(what).isBetween(0L, host.memory().getAsLong());
                assertThat(advice.job().memory(1)).as(what).isLessThanOrEqualTo(memory);
            }
            if (host.disk().isPresent()) {
                assertThat(advice.job().disk())
                        .as(what)
                        .isLessThanOrEqualTo(Quantities.bytes(advice.limits().disk()));
            }
        }
    }

    @Test
    void theSmallestHostRunsOneSmallJob() {
        var host = host(1, 512L << 20, 4 * GIB);
        var advice = Advisor.advise(host, Answers.COMMON);
        assertThat(advice.limits().jobs()).isOne();
        assertThat(advice.makeJobs()).hasValue(1);
        assertThat(advice.job().memory(1)).isBetween(256L << 20, 384L << 20);
    }

    @Test
    void whatIsNotKnownIsLeftOutAndSaid() {
        var advice = Advisor.advise(
                new Host(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        1,
                        OptionalLong.of(8 * GIB),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        false,
                        0,
                        0),
                Answers.COMMON);
        assertThat(advice.limits().cpu()).isNull();
        assertThat(advice.limits().jobs()).isNull();
        assertThat(advice.limits().disk()).isNull();
        assertThat(advice.limits().memory()).isNotNull();
        assertThat(advice.numbers())
                .filteredOn(n -> n.value().equals("unknown"))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void whatTheHostKeepsIsTakenFromCpuAndMemory() {
        var all = Advisor.advise(host(16, 64 * GIB, 400 * GIB), Answers.COMMON).limits();
        var half = Advisor.advise(host(16, 64 * GIB, 400 * GIB), keeping(50)).limits();
        assertThat(Quantities.millis(half.cpu())).isEqualTo(Quantities.millis(all.cpu()) / 2);
        assertThat(Quantities.bytes(half.memory()))
                .isBetween(Quantities.bytes(all.memory()) / 2 - (2 << 20), Quantities.bytes(all.memory()) / 2 + 1);
        assertThat(half.disk()).isEqualTo(all.disk());
        assertThat(half.jobs()).isLessThan(all.jobs());
    }

    @ParameterizedTest
    @CsvSource({
        "500, 2Gi, 0",
        "1500, 2Gi, 0",
        "2000, 2Gi, 15",
        "16000, 2Gi, 50",
        "0, 20Gi, 30",
        "0, 64Gi, 50",
        "0, 0, 0"
    })
    void whatOthersUseIsTheDefaultOfWhatIsKept(int cpuMillis, String used, int percent) {
        var available = Quantities.ofBytes(64 * GIB - Quantities.bytes(new Quantity(used)));
        var load = new LoadFacts(Quantities.ofMillis(cpuMillis), available, null);
        assertThat(host(16, 64 * GIB, 400 * GIB).withOthers(load).usedByOthersPercent())
                .isEqualTo(percent);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 91, Integer.MAX_VALUE})
    void thePartThatTheHostKeepsIsBounded(int percent) {
        assertThatThrownBy(() -> keeping(percent)).hasMessageContaining("0 to 90 percent");
    }

    private static Answers keeping(int percent) {
        return new Answers(JobMix.Mixed, Foreign.None, false, Optional.empty(), OptionalLong.empty(), percent);
    }

    private static Host host(int threads, long memory, long disk) {
        return new Host(
                OptionalInt.of(threads),
                OptionalInt.of(threads),
                1,
                OptionalLong.of(memory),
                OptionalLong.of(disk),
                OptionalInt.empty(),
                false,
                0,
                0);
    }

    private static Host host(Random random) {
        return new Host(
                random.nextInt(8) == 0 ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(512)),
                OptionalInt.empty(),
                1 + random.nextInt(8),
                random.nextInt(8) == 0 ? OptionalLong.empty() : OptionalLong.of(size(random)),
                random.nextInt(8) == 0 ? OptionalLong.empty() : OptionalLong.of(size(random)),
                OptionalInt.empty(),
                random.nextBoolean(),
                0,
                0);
    }

    /** From 1 byte to 64 TiB, small ones as often as large ones. */
    private static long size(Random random) {
        return 1L << random.nextInt(46) | random.nextInt(1 << 20);
    }

    private static Answers answers(Random random) {
        return new Answers(
                JobMix.values()[random.nextInt(3)],
                Foreign.values()[random.nextInt(3)],
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of("local") : Optional.empty(),
                OptionalLong.empty(),
                random.nextInt(91));
    }
}

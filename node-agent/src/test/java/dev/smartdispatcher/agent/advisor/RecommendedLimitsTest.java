package dev.smartdispatcher.agent.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.api.worker.facts.MemoryFacts;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendedLimitsTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 2, 2", "8, 8, 8", "23, 23, 23", "24, 23, 23", "64, 62, 62", "256, 254, 254"})
    void cpuIsTheThreadsLessASmallReserve(int threads, String cpu, int jobs) {
        Amounts limits = limits(cpu(threads), null, null);
        assertThat(limits.cpu()).isEqualTo(new Quantity(cpu));
        assertThat(limits.jobs()).isEqualTo(jobs);
    }

    @ParameterizedTest
    @CsvSource({"64Gi, 62402Mi", "8Gi, 7352Mi", "4Gi, 3420Mi", "2Gi, 1536Mi", "512Mi, 384Mi", "0, 0"})
    void memoryIsTheTotalLessTheSystems(String total, String memory) {
        Amounts limits = limits(null, new MemoryFacts(new Quantity(total), null), null);
        assertThat(limits.memory()).isEqualTo(new Quantity(memory));
    }

    @ParameterizedTest
    @CsvSource({"100Gi, 60Gi, 90Gi", "100Gi, 5Gi, 90Gi", "100Gi, 100Gi, 90Gi", "0, 0, 0"})
    void diskIsTheCapacityLessWhatTheKubeletKeepsHoweverMuchBuildsHaveWritten(
            String capacity, String free, String disk) {
        Amounts limits = limits(null, null, new DiskFacts(new Quantity(capacity), new Quantity(free), null));
        assertThat(limits.disk()).isEqualTo(new Quantity(disk));
    }

    @Test
    void whatIsNotKnownIsNotRecommended() {
        assertThat(limits(null, null, null)).isNull();
        assertThat(limits(cpu(2), null, null)).isEqualTo(new Amounts(new Quantity("2"), null, null, 2));
    }

    private static Amounts limits(CpuFacts cpu, MemoryFacts memory, DiskFacts disk) {
        return Advisor.recommendedLimits(Host.of(cpu, memory, disk));
    }

    private static CpuFacts cpu(int threads) {
        return new CpuFacts(null, null, 1, threads, threads, null, List.of(), null, 1);
    }
}

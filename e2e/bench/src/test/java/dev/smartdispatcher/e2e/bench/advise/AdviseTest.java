package dev.smartdispatcher.e2e.bench.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartdispatcher.e2e.bench.advise.choice.Advised;
import dev.smartdispatcher.e2e.bench.advise.choice.Grid;
import dev.smartdispatcher.e2e.bench.advise.choice.ObsFormula;
import dev.smartdispatcher.e2e.bench.advise.host.HostJobs;
import dev.smartdispatcher.e2e.bench.advise.host.HostRun;
import dev.smartdispatcher.e2e.bench.advise.host.Limits;
import dev.smartdispatcher.e2e.bench.advise.host.Mix;
import dev.smartdispatcher.e2e.bench.advise.host.TestHost;
import dev.smartdispatcher.e2e.bench.advise.host.TestSet;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark in small, on hosts on which the advisor's figures were chosen. */
class AdviseTest {
    private final TestSet set = TestSet.shipped();

    AdviseTest() throws IOException {}

    @Test
    void theSetIsAsStated() {
        assertThat(set.reported()).hasSize(30);
        assertThat(set.mixes()).extracting(Mix::name).containsExactly("small", "mixed", "huge", "emulated");
        var names = new ArrayList<>(set.reported().stream().map(TestHost::name).toList());
        names.addAll(set.tuning().stream().map(TestHost::name).toList());
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void onALeanHostTheAdvisorIsBetterThanTheFormulaAndNearTheBest() {
        var host = host("tune-8-lean");
        var some = Grid.of(host).stream().limit(6).toList();
        var pair = new Search(host, mix("mixed"), List.of(1L), List.of(2L)).run(some);
        assertThat(pair.toFormula()).isLessThan(1);
        assertThat(pair.toBest()).isLessThan(1.15);
    }

    @Test
    void aSeedAlwaysGivesTheSameRun() {
        var host = host("tune-6");
        var limits = Advised.of(host, mix("small"));
        assertThat(HostRun.run(host, HostJobs.of(host, mix("small"), 7), limits))
                .isEqualTo(HostRun.run(host, HostJobs.of(host, mix("small"), 7), limits));
    }

    @Test
    void aJobAloneWritesThenComputes() {
        var host = host("tune-6");
        var all = HostJobs.of(host, mix("small"), 3);
        var job = all.jobs().stream()
                .filter(j -> j.declared().isPresent())
                .findFirst()
                .orElseThrow()
                .arriving(0, 0);
        var alone = new HostJobs(List.of(job), all.penaltyPercent(), all.streams());
        var limits = ObsFormula.of(host);
        var one = new Limits(limits.budget(), limits.memory(), limits.disk(), 1);
        double writing = job.disk() / (double) (1 << 20) / host.mibPerSecond();
        assertThat(HostRun.run(host, alone, one).meanTurnaround())
                .isCloseTo(writing + job.seconds(1, host.speed()), within(1e-6));
    }

    @Test
    void jobsThatGetIntoTheSystemsMemoryAreKilledAndTriedAgain() {
        var host = host("tune-8-lean");
        var jobs = HostJobs.of(host, mix("mixed"), 5);
        var limits = Advised.of(host, mix("mixed"));
        assertThat(HostRun.run(withSystem(host, "3Gi"), jobs, limits).kills())
                .isGreaterThan(
                        HostRun.run(withSystem(host, "64Mi"), jobs, limits).kills());
    }

    private static TestHost withSystem(TestHost host, String memory) {
        return new TestHost(
                host.name(),
                host.threads(),
                host.cores(),
                host.numaNodes(),
                host.memory(),
                host.disk(),
                host.mibPerSecond(),
                host.spinning(),
                host.speed(),
                host.systemCpu(),
                new Quantity(memory));
    }

    private TestHost host(String name) {
        return set.tuning().stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Mix mix(String name) {
        return set.mixes().stream()
                .filter(mix -> mix.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

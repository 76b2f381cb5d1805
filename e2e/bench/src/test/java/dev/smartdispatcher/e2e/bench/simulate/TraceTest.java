package dev.smartdispatcher.e2e.bench.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import dev.smartdispatcher.e2e.bench.simulate.trace.Hosts;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.JobGenerator;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams;
import dev.smartdispatcher.e2e.bench.simulate.trace.Trace;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TraceTest {
    private final Trace trace = Trace.shipped();
    private final List<Host> hosts = Hosts.of(trace, new Streams(1));
    private final List<Job> jobs = new JobGenerator(trace, new Streams(1)).draw();

    TraceTest() throws IOException {}

    @Test
    void theFleetHasItsClasses() {
        assertThat(hosts).hasSize(200);
        assertThat(hosts)
                .filteredOn(h -> h.cores() == 64)
                .hasSize(16)
                .allMatch(h -> h.speed() >= 115 && h.speed() < 135);
        assertThat(hosts.get(120).mode(Architecture.armv7l)).contains(Mode.Emulated);
    }

    @Test
    void theSteadyLoadIsHalfOfTheFarm() {
        double farm =
                hosts.stream().mapToDouble(h -> h.cores() * h.speed() / 100).sum();
        double work = jobs.stream()
                .filter(j -> j.arrival() > 0)
                .mapToDouble(Job::work)
                .sum();
        assertThat(work / (farm * trace.jobs().hours() * 3600)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void sharesAreAsTheTraceSays() {
        assertThat(part(j -> j.arrival() == 0)).isCloseTo(8000.0 / 52_000, within(0.005));
        assertThat(part(j -> j.target() == Architecture.aarch64)).isCloseTo(0.16, within(0.01));
        assertThat(part(j -> j.declared().isEmpty())).isCloseTo(0.3, within(0.01));
        assertThat(part(j -> j.history().isPresent())).isCloseTo(0.5, within(0.01));
        assertThat(part(j -> j.work() < 300)).isCloseTo(0.5, within(0.01));
        // 1 / (1 + 2^-1.1 + ... + 20^-1.1)
        assertThat(part(j -> j.tenant() == 0)).isCloseTo(0.313, within(0.01));
        // The mean of Beta(2, 5) is 2/7, and larger builds are more parallel.
        assertThat(jobs.stream()
                        .filter(j -> j.work() > 250 && j.work() < 350)
                        .mapToDouble(Job::serial)
                        .average()
                        .orElseThrow())
                .isCloseTo(2.0 / 7, within(0.01));
        assertThat(jobs).allMatch(j -> j.serial() <= 0.95 && j.work() >= 10 && j.work() <= 30_000);
    }

    @Test
    void aSeedAlwaysGivesTheSame() {
        assertThat(new JobGenerator(trace, new Streams(1)).draw()).isEqualTo(jobs);
        assertThat(new JobGenerator(trace, new Streams(2)).draw()).isNotEqualTo(jobs);
    }

    private double part(Predicate<Job> which) {
        return (double) jobs.stream().filter(which).count() / jobs.size();
    }
}

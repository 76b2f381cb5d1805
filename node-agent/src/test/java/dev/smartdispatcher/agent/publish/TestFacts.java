package dev.smartdispatcher.agent.publish;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.AgentFactsBuilder;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.api.worker.facts.KernelFacts;
import dev.smartdispatcher.api.worker.facts.LoadFacts;
import dev.smartdispatcher.api.worker.facts.MemoryFacts;
import dev.smartdispatcher.api.worker.facts.Problem;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import dev.smartdispatcher.api.worker.facts.Target;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Facts of a machine with 8 threads, 64 GiB of memory and 100 GiB of disk, of which tests change one thing. */
final class TestFacts {
    private static final long GIB = 1L << 30;

    Instant observedTime = Instant.parse("2026-12-01T08:30:00Z");
    List<Isolation> isolation = List.of(Isolation.Container);
    List<Problem> problems = new ArrayList<>();
    double freeDisk = 60;
    double recommendedDisk = 50;
    Long clockSkewSeconds;
    Long freeInodes = 1_000_000L;
    Long cpuMillis = 1000L;
    double memoryAvailable = 48;
    LoadFacts.Pressure pressure = new LoadFacts.Pressure(5, 0, 10);

    AgentFacts get() {
        return AgentFactsBuilder.builder()
                .observedTime(observedTime)
                .clockSkewSeconds(clockSkewSeconds)
                .version("1.0")
                .hostArch("x86_64")
                .targets(List.of(new Target("x86_64", Mode.Native)))
                .isolation(isolation)
                .cpu(new CpuFacts("AuthenticAMD", "EPYC", 1, 4, 8, "x86-64-v3", List.of("sse"), 5000, 1))
                .speedIndex(new SpeedIndex(112, 800))
                .memory(new MemoryFacts(new Quantity("64Gi"), new Quantity("0")))
                .disk(new DiskFacts(new Quantity("100Gi"), gib(freeDisk), freeInodes))
                .kernel(new KernelFacts("6.1.0-18", "amd64"))
                .load(new LoadFacts(
                        cpuMillis == null ? null : Quantities.ofMillis(cpuMillis), gib(memoryAvailable), pressure))
                .recommendedLimits(new Amounts(new Quantity("7"), new Quantity("57Gi"), gib(recommendedDisk), 8))
                .problems(problems)
                .build();
    }

    private static Quantity gib(double amount) {
        return Quantities.ofBytes((long) (amount * GIB));
    }
}

package dev.smartdispatcher.agent.probe;

import dev.smartdispatcher.agent.advisor.Advisor;
import dev.smartdispatcher.agent.advisor.Host;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.AgentFactsBuilder;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.api.worker.facts.KernelFacts;
import dev.smartdispatcher.api.worker.facts.LoadFacts;
import dev.smartdispatcher.api.worker.facts.MemoryFacts;
import dev.smartdispatcher.api.worker.facts.Problem;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import dev.smartdispatcher.api.worker.facts.Target;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts of one observation as they come in. What no probe added is absent. */
public final class FactsDraft {
    private final List<Target> targets = new ArrayList<>();
    private final Set<Isolation> isolation = EnumSet.noneOf(Isolation.class);
    private final List<Problem> problems = new ArrayList<>();
    private Architecture hostArch;
    private CpuFacts cpu;
    private SpeedIndex speedIndex;
    private MemoryFacts memory;
    private DiskFacts disk;
    private KernelFacts kernel;
    private String hypervisor;
    private Map<String, String> local = Map.of();
    private LoadFacts load;

    public void hostArch(Architecture found) {
        hostArch = found;
    }

    public void target(Architecture arch, Mode mode) {
        targets.add(new Target(arch.name(), mode));
    }

    public void isolation(Isolation found) {
        isolation.add(found);
    }

    public void cpu(CpuFacts found) {
        cpu = found;
    }

    public void speedIndex(SpeedIndex found) {
        speedIndex = found;
    }

    public void memory(MemoryFacts found) {
        memory = found;
    }

    public void disk(DiskFacts found) {
        disk = found;
    }

    public void kernel(KernelFacts found) {
        kernel = found;
    }

    /** {@code none}, or the hypervisor's name. */
    public void hypervisor(String found) {
        hypervisor = found;
    }

    public void local(Map<String, String> found) {
        local = found;
    }

    public void load(LoadFacts found) {
        load = found;
    }

    public void problem(Problem problem) {
        problems.add(problem);
    }

    /** The facts so far, with the budget that follows from them. */
    public AgentFacts facts(Instant observedTime, String version) {
        return AgentFactsBuilder.builder()
                .observedTime(observedTime)
                .version(version)
                .hostArch(hostArch == null ? null : hostArch.name())
                .targets(targets)
                .isolation(List.copyOf(isolation))
                .cpu(cpu)
                .speedIndex(speedIndex)
                .memory(memory)
                .disk(disk)
                .kernel(kernel)
                .hypervisor(hypervisor)
                .local(local)
                .load(load)
                .recommendedLimits(Advisor.recommendedLimits(Host.of(cpu, memory, disk)))
                .problems(problems)
                .build();
    }
}

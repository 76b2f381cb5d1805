package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.probe.StatedNumber;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The processor. */
public final class CpuProbe implements Probe {
    private static final String CPU_INFO = "/proc/cpuinfo";

    private final HostPaths paths;

    public CpuProbe(HostPaths paths) {
        this.paths = paths;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public Finding look() throws IOException {
        CpuInfo info = new CpuInfo(paths.lines(CPU_INFO));
        CpuTopology topology = CpuTopology.of(paths);
        SortedSet<String> flags = ProcessorFlags.of(info);
        CpuFacts facts = new CpuFacts(
                CpuVendor.of(info).orElse(null),
                model(info).orElse(null),
                topology.packages(),
                topology.cores(),
                topology.threads(),
                Microarchitecture.of(flags).orElse(null),
                List.copyOf(flags),
                bogoMips(info),
                topology.numaNodes());
        return draft -> draft.cpu(facts);
    }

    /** {@code cpu} is POWER's name for it. 64-bit ARM kernels name no model: the board's, else the part's number. */
    private Optional<String> model(CpuInfo info) throws IOException {
        // Not by /proc/device-tree, a link to where a container may not look.
        Optional<String> board = paths.textIfAny("/sys/firmware/devicetree/base/model");
        return info.first("model name", "cpu").or(() -> board).or(() -> info.first("CPU part")
                .map(part -> "part " + part));
    }

    /** Null if the kernel has none. */
    private static Integer bogoMips(CpuInfo info) throws IOException {
        Optional<String> told = info.first("bogomips", "bogomips per cpu");
        return told.isEmpty() ? null : (Integer) (int) StatedNumber.rounded(told.get(), CPU_INFO, Bounds.SPEED);
    }
}

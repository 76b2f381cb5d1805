package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The processor. Where its threads differ, as in big.LITTLE boards, the flags are those that all of them have. */
public final class CpuProbe implements Probe {
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
        CpuInfo info = new CpuInfo(paths.lines("/proc/cpuinfo"));
        CpuTopology topology = CpuTopology.of(paths);
        SortedSet<String> flags = commonFlags(info);
        CpuFacts facts = new CpuFacts(
                CpuVendor.of(info).orElse(null),
                model(info).orElse(null),
                topology.packages(),
                topology.cores(),
                topology.threads(),
                Microarchitecture.of(flags).orElse(null),
                List.copyOf(flags),
                bogoMips(info).orElse(null),
                topology.numaNodes());
        return draft -> draft.cpu(facts);
    }

    /** {@code cpu} is POWER's name for it. 64-bit ARM kernels name no model: the board's, else the part's number. */
    private Optional<String> model(CpuInfo info) throws IOException {
        Optional<String> board = paths.textIfAny("/proc/device-tree/model");
        return info.first("model name", "cpu").or(() -> board).or(() -> info.first("CPU part")
                .map(part -> "part " + part));
    }

    private static SortedSet<String> commonFlags(CpuInfo info) {
        return Stream.of("flags", "features") // of x86; of ARM (Features) and s390x
                .flatMap(name -> info.all(name).stream())
                .map(flags -> new TreeSet<>(Arrays.asList(flags.split("\\s+"))))
                .reduce((one, other) -> {
                    one.retainAll(other);
                    return one;
                })
                .orElseGet(TreeSet::new);
    }

    private static Optional<Integer> bogoMips(CpuInfo info) {
        return info.first("bogomips", "bogomips per cpu")
                .map(Double::parseDouble)
                .map(Math::round)
                .map(Long::intValue);
    }
}

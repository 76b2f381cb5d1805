package dev.smartdispatcher.agent.probe.targets;

import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.kernel.TinyProgram;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Compatibility;
import dev.smartdispatcher.arch.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The other architectures whose programs the kernel runs by itself, tried: the 32-bit personality is taken, and a program
 * of that architecture is run. An architecture with a binfmt handler is left to {@link EmulationProbe}: the kernel asks
 * handlers before its own loader, so that its programs are emulated there even where the CPU could run them.
 */
public final class CompatProbe implements Probe {
    private final Machine machine;
    private final Kernel kernel;
    private final HostPaths paths;

    public CompatProbe(Machine machine, Kernel kernel, HostPaths paths) {
        this.machine = machine;
        this.kernel = kernel;
        this.paths = paths;
    }

    @Override
    public String name() {
        return "compat";
    }

    @Override
    public Finding look() throws IOException {
        BinfmtHandlers handlers = BinfmtHandlers.of(paths);
        List<Architecture> running = new ArrayList<>();
        for (Architecture candidate : Compatibility.of(machine.architecture())) {
            if (!handlers.take(candidate) && runs(candidate)) {
                running.add(candidate);
            }
        }
        return draft -> running.forEach(arch -> draft.target(arch, Mode.Compat));
    }

    private boolean runs(Architecture candidate) throws IOException {
        TinyProgram program = new TinyProgram(candidate, TinyProgram.Call.YIELD);
        return kernel.allowsPersonality32() && kernel.run(program).orElse(-1) == 0;
    }
}

package dev.smartdispatcher.agent.probe.targets;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The architectures whose programs a registered binfmt handler takes. Whether the handler is any good is not tried: its
 * interpreter may be outside what the agent sees, and the kernel holds it open where its flags say so (F).
 */
public final class EmulationProbe implements Probe {
    private final Machine machine;
    private final HostPaths paths;

    public EmulationProbe(Machine machine, HostPaths paths) {
        this.machine = machine;
        this.paths = paths;
    }

    @Override
    public String name() {
        return "emulation";
    }

    @Override
    public Finding look() throws IOException {
        Architecture host = machine.architecture();
        BinfmtHandlers handlers = BinfmtHandlers.of(paths);
        List<Architecture> emulated = Arrays.stream(Architecture.values())
                .filter(target -> target != host && handlers.take(target))
                .toList();
        return draft -> emulated.forEach(target -> draft.target(target, Mode.Emulated));
    }
}

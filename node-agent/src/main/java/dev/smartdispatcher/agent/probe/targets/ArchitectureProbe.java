package dev.smartdispatcher.agent.probe.targets;

import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.io.IOException;

/** The host's architecture, which it builds natively. */
public final class ArchitectureProbe implements Probe {
    private final Machine machine;

    public ArchitectureProbe(Machine machine) {
        this.machine = machine;
    }

    @Override
    public String name() {
        return "hostArch";
    }

    @Override
    public Finding look() throws IOException {
        Architecture host = machine.architecture();
        return draft -> {
            draft.hostArch(host);
            draft.target(host, Mode.Native);
        };
    }
}

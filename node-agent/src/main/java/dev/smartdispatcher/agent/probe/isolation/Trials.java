package dev.smartdispatcher.agent.probe.isolation;

import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.kernel.TinyProgram;
import dev.smartdispatcher.agent.probe.targets.Machine;
import java.io.IOException;
import java.util.Set;

/** Tries system calls in child processes of the host's architecture. */
public final class Trials {
    /** EPERM, EACCES, EINVAL, ENOSPC, ENOSYS, EUSERS: not allowed, not built in, or none left. */
    private static final Set<Integer> REFUSED = Set.of(1, 13, 22, 28, 38, 87);

    private final Machine machine;
    private final Kernel kernel;

    public Trials(Machine machine, Kernel kernel) {
        this.machine = machine;
        this.kernel = kernel;
    }

    /**
     * Whether the last of these calls succeeds in a new process. False if the kernel refuses it.
     *
     * @throws IOException if it could not be tried, or failed as nobody expects
     */
    boolean succeeds(TinyProgram.Call... calls) throws IOException {
        TinyProgram program = new TinyProgram(machine.architecture(), calls);
        int error = kernel.run(program)
                .orElseThrow(() -> new IOException("The trial program " + program.calls() + " could not be executed."));
        if (error != 0 && !REFUSED.contains(error)) {
            throw new IOException("The trial " + program.calls() + " failed with error number " + error + ".");
        }
        return error == 0;
    }
}

package dev.smartdispatcher.agent.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Questions that the running kernel answers by doing, not by a file. All may throw for what nobody expects. */
public interface Kernel {
    /** The machine of uname(2), as {@code x86_64}; under a personality it may be another one's name. */
    String machine() throws IOException;

    /** Whether a process may take the personality of a 32-bit machine (PER_LINUX32), as {@code linux32} does. */
    boolean allowsPersonality32();

    /**
     * Runs a program in a child process, as the agent's user.
     *
     * @return the error number of its last system call, 0 for success; empty if the kernel does not run such programs,
     *     or killed it
     * @throws IOException if the program could not be tried, or did not end in time
     */
    OptionalInt run(TinyProgram program) throws IOException;

    /** The space on the file system that holds {@code file}. */
    Space space(Path file) throws IOException;

    /**
     * Whether the KVM device gives a virtual machine; none is kept. False also if there is no such device, or the
     * agent's user may not open it: that was not tried.
     *
     * @throws IOException if the device opens but answers otherwise than KVM does
     */
    boolean givesVirtualMachine(Path device) throws IOException;
}

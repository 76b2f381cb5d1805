package dev.smartdispatcher.agent.kernel;

import dev.smartdispatcher.arch.Architecture;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A static program of some 200 bytes that makes system calls one after the other, whatever they answer, and exits with
 * 42 + the error number of the last one. To run it is the surest proof that a kernel runs an architecture's programs,
 * and lets a process do what a JVM with its many threads cannot try on itself, without a tool in the image.
 */
public record TinyProgram(Architecture architecture, List<Call> calls) {
    /**
     * Exit status for success. Not 0: where the kernel refuses a file, the JDK hands it to {@code /bin/sh} as a script,
     * and no shell answers 42.
     */
    static final int SUCCESS = 42;

    /** From here on an exit status is a shell's (126, 127) or a signal's (from 128): no error of these calls is so high. */
    private static final int NOT_EXECUTED = 126;

    /** A system call, and the one argument that it is given here. Source of the numbers: linux/sched.h. */
    public enum Call {
        /** Does nothing. */
        YIELD(SystemCall.SCHED_YIELD, 0),
        /** Enters a new user namespace. */
        NEW_USER_NAMESPACE(SystemCall.UNSHARE, 0x10000000),
        /** Enters a new namespace of host names: harmless, but for those with privileges (CAP_SYS_ADMIN) alone. */
        NEW_UTS_NAMESPACE(SystemCall.UNSHARE, 0x04000000),
        /** Changes the root to the root. */
        CHROOT(SystemCall.CHROOT, Call.ROOT_PATH);

        /** Stands for the address of the path {@code /}. */
        private static final int ROOT_PATH = -1;

        private final SystemCall systemCall;
        private final int argument;

        Call(SystemCall systemCall, int argument) {
            this.systemCall = systemCall;
            this.argument = argument;
        }
    }

    public TinyProgram(Architecture architecture, Call... calls) {
        this(architecture, List.of(calls));
    }

    public TinyProgram {
        calls = List.copyOf(calls);
    }

    /** The error number that an exit status means; empty for one that such a program does not end with. */
    static OptionalInt errorNumber(int exitStatus) {
        boolean ours = exitStatus >= SUCCESS && exitStatus < NOT_EXECUTED;
        return ours ? OptionalInt.of(exitStatus - SUCCESS) : OptionalInt.empty();
    }

    /** The program's file. */
    byte[] file() {
        ElfFormat format = ElfFormat.of(architecture);
        byte[] rootPath = {'/', 0, 0, 0}; // padded, so that the code behind it is aligned
        return ElfFile.executable(format, rootPath, code(format));
    }

    private byte[] code(ElfFormat format) {
        InstructionSet instructions = InstructionSet.of(architecture);
        ByteBuffer code = ByteBuffer.allocate(256).order(format.order());
        for (Call call : calls) {
            int argument = call.argument == Call.ROOT_PATH ? ElfFile.addressOfData(format) : call.argument;
            instructions.call(code, call.systemCall.number(architecture), argument);
        }
        instructions.exit(code);
        return Arrays.copyOf(code.array(), code.position());
    }
}

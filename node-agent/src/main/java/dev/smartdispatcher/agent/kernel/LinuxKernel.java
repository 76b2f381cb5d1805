package dev.smartdispatcher.agent.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.platform.linux.LibC;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The kernel of the machine that this process runs on, by system calls. Works for any user. */
public final class LinuxKernel implements Kernel {
    /** struct utsname (uname(2)): fields of 65 bytes; the machine is the fifth of six. */
    private static final int UTSNAME_FIELD = 65;

    private static final NativeLong PER_LINUX32 = new NativeLong(8);

    @Override
    public String machine() {
        byte[] name = new byte[6 * UTSNAME_FIELD];
        Libc.INSTANCE.uname(name);
        byte[] machine = Arrays.copyOfRange(name, 4 * UTSNAME_FIELD, 5 * UTSNAME_FIELD);
        return Native.toString(machine, StandardCharsets.US_ASCII);
    }

    /** Takes the personality in the calling thread, and puts back the one before. */
    @Override
    public boolean allowsPersonality32() {
        try {
            int before = Libc.INSTANCE.personality(PER_LINUX32);
            Libc.INSTANCE.personality(new NativeLong(before));
            return true;
        } catch (LastErrorException e) {
            return false; // EINVAL: a 64-bit ARM core without 32-bit state; EPERM: a seccomp filter
        }
    }

    @Override
    public OptionalInt run(TinyProgram program) throws IOException {
        return Execution.of(program);
    }

    @Override
    public Space space(Path file) throws IOException {
        LibC.Statvfs answer = new LibC.Statvfs();
        if (LibC.INSTANCE.statvfs(file.toString(), answer) != 0) {
            throw new IOException("The file system of " + file + " does not report its space: error "
                    + Native.getLastError() + " of statvfs.");
        }
        long block = answer.f_frsize.longValue();
        long inodes = answer.f_files.longValue();
        return new Space(
                block * answer.f_blocks.longValue(),
                block * answer.f_bavail.longValue(),
                inodes == 0 ? OptionalLong.empty() : OptionalLong.of(answer.f_favail.longValue()));
    }

    @Override
    public boolean givesVirtualMachine(Path device) throws IOException {
        return KvmDevice.givesVirtualMachine(device);
    }
}

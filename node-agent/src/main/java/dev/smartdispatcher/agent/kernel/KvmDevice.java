package dev.smartdispatcher.agent.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The KVM device, asked for a virtual machine. Source of the constants: linux/kvm.h, asm/ioctl.h, fcntl.h, errno.h. */
final class KvmDevice {
    private static final int READ_WRITE_CLOSE_ON_EXEC = 0x80002;

    /** Requests without data have a bit of their own on POWER, none elsewhere. */
    private static final long NO_DATA = Platform.isPPC() ? 0x20000000L : 0;

    private static final NativeLong GET_API_VERSION = new NativeLong(NO_DATA | 0xae00);
    private static final NativeLong CREATE_VM = new NativeLong(NO_DATA | 0xae01);
    private static final NativeLong DEFAULT = new NativeLong(0);

    /** The only version that applications are to accept (kernel documentation, virt/kvm/api). */
    private static final int STABLE_VERSION = 12;

    /** EPERM, ENOENT, ENXIO, EACCES, ENODEV: there is no device, or not for this user. */
    private static final Set<Integer> NOT_FOR_US = Set.of(1, 2, 6, 13, 19);

    private KvmDevice() {}

    static boolean givesVirtualMachine(Path device) throws IOException {
        int descriptor;
        try {
            descriptor = Libc.INSTANCE.open(device.toString(), READ_WRITE_CLOSE_ON_EXEC);
        } catch (LastErrorException e) {
            if (NOT_FOR_US.contains(e.getErrorCode())) {
                return false;
            }
            throw new IOException(device + " cannot be opened: " + e.getMessage() + ".", e);
        }
        try {
            createAndClose(device, descriptor);
            return true;
        } catch (LastErrorException e) {
            throw new IOException(device + " gives no virtual machine: " + e.getMessage() + ".", e);
        } finally {
            Libc.INSTANCE.close(descriptor);
        }
    }

    private static void createAndClose(Path device, int descriptor) throws IOException {
        int version = Libc.INSTANCE.ioctl(descriptor, GET_API_VERSION, DEFAULT);
        if (version != STABLE_VERSION) {
            throw new IOException(device + " has version " + version + " of the KVM API, not " + STABLE_VERSION + ".");
        }
        Libc.INSTANCE.close(Libc.INSTANCE.ioctl(descriptor, CREATE_VM, DEFAULT));
    }
}

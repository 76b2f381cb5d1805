package dev.smartdispatcher.agent.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/** The C library's functions that neither the JDK nor JNA's own bindings have. A failing one throws its errno. */
interface Libc extends Library {
    Libc INSTANCE = Native.load("c", Libc.class);

    int open(String path, int flags, Object... mode) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, Object... argument) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;

    int uname(byte[] name) throws LastErrorException;

    /** Of a thread, 0 for the calling one, if {@code which} is 0, though POSIX says of a process. */
    int setpriority(int which, int thread, int niceness) throws LastErrorException;

    /** Sets the calling thread's personality and returns the one before. */
    int personality(NativeLong personality) throws LastErrorException;
}

package dev.smartdispatcher.agent.kernel;

import com.sun.jna.LastErrorException;

/**
 * Work that must not be in the way. The JVM's thread priorities do nothing on Linux, but setpriority(2) does, for one thread. It
 * counts among the threads of one control group; against those of builds the agent has the weight of its container's CPU
 * request. Not SCHED_IDLE, under which a busy machine would let the work wait without end.
 */
public final class LowPriority {
    private static final int ONE_THREAD = 0;
    private static final int THE_CALLING_ONE = 0;
    private static final int NICEST = 19;

    private LowPriority() {}

    /** Makes the calling thread as nice as can be, for good; where that is refused it runs on as any other. */
    public static void ofThisThread() {
        try {
            Libc.INSTANCE.setpriority(ONE_THREAD, THE_CALLING_ONE, NICEST);
        } catch (LastErrorException refused) {
            // Being nicer takes no right, so a filter of system calls forbids it: no reason not to work.
        }
    }
}

package dev.smartdispatcher.agent.advisor;

import dev.smartdispatcher.arch.Quantities;
import java.util.OptionalLong;

/**
 * What a job is given that does not say what it needs.
 *
 * @param base bytes of memory whatever its number of make jobs
 * @param perProcess bytes of memory for each make job
 * @param disk bytes
 */
public record JobSize(long base, long perProcess, long disk) {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final long MOST_DISK = 64 * GIB;

    /** What a guest's kernel and its machine take beside the build. */
    private static final long GUEST = 256 * MIB;

    /** A second root with the compilers of another architecture, or the disk image of a guest. */
    private static final long SECOND_ROOT = 2 * GIB;

    /** An emulator keeps what it translated. */
    private static final int EMULATED_PERCENT = 125;

    /** By the answers alone. */
    static JobSize of(Answers answers) {
        var size = answers.jobs().size();
        long base = size.base + (answers.vm() ? GUEST : 0);
        long perProcess =
                answers.foreign() == Foreign.Emulated ? size.perProcess * EMULATED_PERCENT / 100 : size.perProcess;
        boolean secondRoot = answers.vm() || answers.foreign() == Foreign.Cross;
        return new JobSize(base, perProcess, size.disk + (secondRoot ? SECOND_ROOT : 0));
    }

    /**
     * On a host. No more memory than the part of a thread, or too few jobs would run; disk a job's part of it, since nothing
     * else uses it, but no more than the largest builds need. Whole MiB.
     *
     * @param memoryBudget bytes for builds, if known
     * @param diskBudget bytes for builds, if known
     */
    JobSize on(int threads, OptionalLong memoryBudget, OptionalLong diskBudget) {
        double part = memoryBudget.isEmpty() ? 1 : Math.min(1, (double) memoryBudget.getAsLong() / threads / memory(1));
        // Of a small disk rather more than a part: fewer jobs then run, but they end.
        long share = Math.max(diskBudget.orElse(disk) / threads, Math.min(diskBudget.orElse(disk), disk / 4));
        return new JobSize(
                whole((long) (base * part)),
                whole((long) (perProcess * part)),
                whole(diskBudget.isEmpty() ? disk : Math.min(MOST_DISK, share)));
    }

    /** The smaller of each: a policy's defaults must fit every worker. */
    public JobSize least(JobSize other) {
        return new JobSize(
                Math.min(base, other.base), Math.min(perProcess, other.perProcess), Math.min(disk, other.disk));
    }

    /** Memory of so many make jobs, in bytes. */
    public long memory(int makeJobs) {
        return base + perProcess * makeJobs;
    }

    /** As {@code 512Mi + N x 512Mi}. */
    public String memoryText() {
        return Quantities.formatBytes(base) + " + N x " + Quantities.formatBytes(perProcess);
    }

    private static long whole(long bytes) {
        return bytes / MIB * MIB;
    }
}

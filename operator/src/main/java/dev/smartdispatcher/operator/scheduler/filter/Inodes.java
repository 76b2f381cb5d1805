package dev.smartdispatcher.operator.scheduler.filter;

/**
 * Inodes that a job needs free on a worker. No job says how many files it makes, so they follow from its disk: one for each 64
 * KiB, a quarter of what ext4 has for it by default (mke2fs.conf: inode_ratio 16384), so that a worker is rejected only where
 * inodes run out before bytes do. In powers of two, so that few numbers differ, and those of a worker seldom change.
 */
public final class Inodes {
    private static final long BYTES_EACH = 64L << 10;

    private Inodes() {}

    /** Of a job with so much disk, in bytes. */
    public static long needed(long disk) {
        return Long.highestOneBit(disk / BYTES_EACH);
    }

    /** The most disk, in bytes, for which so many free ones are enough. */
    public static long mostDisk(long free) {
        long files = Math.max(1, 2 * Math.min(free, Long.MAX_VALUE / (4 * BYTES_EACH)));
        return files * BYTES_EACH - 1;
    }

    /** What counts of so many free ones, 0 or more. */
    public static long counted(long free) {
        return Long.highestOneBit(free);
    }
}

package dev.smartdispatcher.api;

/** The most that numbers of the API may be where nothing nearer bounds them: what they mean, and what Java and JSON hold. */
public final class Bounds {
    /** Counts without a bound of their own, as inodes, seconds and generations: 2^53 - 1, which JSON's numbers hold exactly. */
    public static final long COUNT = 9_007_199_254_740_991L;

    /** Processors, cores and threads of one machine; the largest that Linux runs on has some thousands. */
    public static final int PROCESSORS = 1_000_000;

    /** Speeds relative to a reference of 100, and BogoMIPS. */
    public static final int SPEED = 100_000_000;

    /** The number of an attempt; a job is tried some dozens of times at most. */
    public static final int ATTEMPT = 1_000_000;

    private Bounds() {}
}

package dev.smartdispatcher.agent.advisor;

import java.util.Locale;

/**
 * The nature of most jobs of a farm, with what a job of it is given that does not say what it needs. Memory is about
 * twice the median of what such builds use, so that half of the builds that use most are not killed.
 */
public enum JobMix {
    /** Scripts, documentation, libraries of minutes. */
    Small(384, 256, 4),
    /** A distribution: mostly small, some large. */
    Mixed(512, 512, 8),
    /** Compilers, browsers, kernels. */
    Huge(1024, 1024, 32);

    private final long base;
    private final long perProcess;
    private final long disk;

    JobMix(long baseMib, long perProcessMib, long diskGib) {
        base = baseMib << 20;
        perProcess = perProcessMib << 20;
        disk = diskGib << 30;
    }

    /** Its jobs' memory and disk. */
    JobSize size() {
        return new JobSize(base, perProcess, disk);
    }

    /** With the next larger jobs; the largest itself. */
    JobMix larger() {
        return this == Small ? Mixed : Huge;
    }

    /** With the next smaller jobs; the smallest itself. */
    JobMix smaller() {
        return this == Huge ? Mixed : Small;
    }

    /** As people say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

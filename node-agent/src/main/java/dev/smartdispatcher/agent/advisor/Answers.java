package dev.smartdispatcher.agent.advisor;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What no probe can find out: what the host is for.
 *
 * @param jobs nature of most jobs
 * @param foreign how they come to their architecture
 * @param vm whether they run in virtual machines
 * @param cacheClass storage class of caches; without it there are none
 * @param cacheSize bytes of a cache; empty: what suits the disk
 * @param keepPercent part of CPU and memory that the host keeps for other work than builds, beside what its system needs; 0 to
 *     {@link #MOST_KEPT}
 */
public record Answers(
        JobMix jobs,
        Foreign foreign,
        boolean vm,
        Optional<String> cacheClass,
        OptionalLong cacheSize,
        int keepPercent) {
    public static final int MOST_KEPT = 90;

    /** The most common farm: hosts that do nothing else, and a distribution's packages in containers. */
    public static final Answers COMMON =
            new Answers(JobMix.Mixed, Foreign.None, false, Optional.empty(), OptionalLong.empty(), 0);

    /** Throws {@link IllegalArgumentException} for a part or a size that cannot be. */
    public Answers {
        if (keepPercent < 0 || keepPercent > MOST_KEPT) {
            throw new IllegalArgumentException(
                    "the part that the host keeps must be 0 to " + MOST_KEPT + " percent, not " + keepPercent);
        }
        if (cacheSize.isPresent() && cacheSize.getAsLong() <= 0) {
            throw new IllegalArgumentException("the size of the cache must be positive");
        }
    }

    Answers withJobs(JobMix other) {
        return new Answers(other, foreign, vm, cacheClass, cacheSize, keepPercent);
    }
}

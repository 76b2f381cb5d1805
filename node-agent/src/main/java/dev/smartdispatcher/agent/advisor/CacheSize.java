package dev.smartdispatcher.agent.advisor;

import dev.smartdispatcher.agent.advisor.Advice.Cache;
import java.util.Optional;

/**
 * The size of the cache that each namespace has on a host: a tenth of the disk, at most what ccache and a package cache of a
 * distribution fill. A host without a storage class for it has none, nor has a disk that would lose too much.
 */
final class CacheSize {
    static final long MOST = 50L << 30;
    static final long LEAST = 1L << 30;
    private static final long GIB = 1 << 30;

    private CacheSize() {}

    static Optional<Cache> of(Host host, Answers answers) {
        if (answers.cacheClass().isEmpty()) {
            return Optional.empty();
        }
        long suits = Math.min(MOST, host.disk().orElse(0) / 10 / GIB * GIB);
        long size = answers.cacheSize().orElse(suits);
        return size < LEAST && answers.cacheSize().isEmpty()
                ? Optional.empty()
                : Optional.of(new Cache(size, answers.cacheClass().get()));
    }
}

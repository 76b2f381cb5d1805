package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.arch.Quantities;

/** How much of a worker's disk its caches take: the claim of each namespace in full, since it may be filled at any time. */
public final class CacheShare {
    /** Caches take no more than this part of the disk that is stated: what they save is not worth that builds find no room. */
    private static final int LEAST_PART = 2;

    private CacheShare() {}

    /** So many namespaces may have a cache on the worker; none if nobody states how large its disk is. */
    public static long most(BuildWorkerSpec spec, AgentFacts facts) {
        var disk = Budget.stated(spec, facts).disk();
        return spec == null || spec.cache() == null || disk == null
                ? 0
                : Quantities.bytes(disk)
                        / LEAST_PART
                        / Math.max(1, Quantities.bytes(spec.cache().size()));
    }

    /**
     * What they take, in bytes.
     *
     * @param claims that the worker has
     */
    static long bytes(BuildWorkerSpec spec, int claims) {
        return spec == null || spec.cache() == null
                ? 0
                : claims * Quantities.bytes(spec.cache().size());
    }
}

package dev.smartdispatcher.agent.advise;

import dev.smartdispatcher.agent.advisor.Foreign;
import dev.smartdispatcher.agent.advisor.JobMix;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.OptionalLong;

/**
 * Answers that the command line gave, each null if it did not.
 *
 * @param cache {@code none}, or the storage class of caches
 * @param cacheSize a quantity
 */
public record Given(JobMix jobs, Foreign foreign, Boolean vm, String cache, String cacheSize, Integer keepPercent) {
    static final String NO_CACHE = "none";

    /** Throws {@link AdviseException} for a size that is no positive quantity. */
    OptionalLong cacheBytes() throws AdviseException {
        if (cacheSize == null) {
            return OptionalLong.empty();
        }
        try {
            long bytes = Quantities.bytes(new Quantity(cacheSize));
            if (bytes > 0) {
                return OptionalLong.of(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new AdviseException("--cache-size: '" + cacheSize + "' is no amount such as 50Gi", e);
        }
        throw new AdviseException("--cache-size: must be more than 0, not " + cacheSize);
    }
}

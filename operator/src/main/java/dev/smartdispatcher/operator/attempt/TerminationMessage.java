package dev.smartdispatcher.operator.attempt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.job.status.Usage;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/** What the entry wrote when the command had ended. Amounts of 0 are unknown. */
@JsonIgnoreProperties(ignoreUnknown = true)
record TerminationMessage(
        Integer exitCode,
        boolean deadlineExceeded,
        boolean terminated,
        long oomKills,
        long memoryPeakBytes,
        long diskPeakBytes,
        long cpuSeconds,
        String results,
        String message) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The message in a text; empty if the text is none, as when the entry itself was killed. */
    static Optional<TerminationMessage> parse(String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(text, TerminationMessage.class))
                    .filter(m -> m.exitCode != null);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    Usage usage() {
        return new Usage(
                amount(memoryPeakBytes),
                amount(diskPeakBytes),
                cpuSeconds < 0 || cpuSeconds > Bounds.COUNT ? null : cpuSeconds);
    }

    /** A build may write anything here; what no status takes is as unknown as 0. */
    private static Quantity amount(long bytes) {
        return bytes <= 0 || bytes > Quantities.MOST ? null : Quantities.ofBytes(bytes);
    }

    boolean resultsFailed() {
        return "failed".equals(results);
    }
}

package dev.smartdispatcher.operator.attempt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Usage;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the entry wrote when the command had ended, as {@code entry.sh} describes it. Whoever runs in the container can write it
 * too: amounts that cannot be are taken for unknown.
 *
 * @param deadlineSeconds the deadline at last; null where there was none
 * @param idleDeadlineSeconds the idle deadline; null where there was none
 * @param install text of the installer's report; null where nothing was installed
 * @param notRun the reason why the command did not run; null if it did
 * @param results copied, kept, none or failed
 * @param lastLines end of the output of a command that failed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record TerminationMessage(
        Integer exitCode,
        boolean deadlineExceeded,
        Integer deadlineSeconds,
        boolean idleDeadlineExceeded,
        Integer idleDeadlineSeconds,
        boolean terminated,
        long oomKills,
        boolean outOfDisk,
        Long memoryPeakBytes,
        Long memoryBoundBytes,
        Long diskPeakBytes,
        Long cpuSeconds,
        String install,
        String notRun,
        String results,
        boolean logKept,
        String message,
        String lastLines) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Reason> NOT_RUN = EnumSet.of(Reason.WrongImageArchitecture, Reason.EntryNotRunnable);

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

    /**
     * What the build used.
     *
     * @param rootBytes disk that a root takes which another container has prepared; 0 if there is none
     */
    Usage usage(long rootBytes) {
        return new Usage(
                quantity(memoryPeakBytes),
                quantity(memoryBoundBytes),
                quantity(diskPeakBytes == null ? null : diskPeakBytes + rootBytes),
                cpuSeconds == null || cpuSeconds < 0 || cpuSeconds > Bounds.COUNT ? null : cpuSeconds);
    }

    /** Why the command did not run, if it did not: of the reasons that the entry may give. */
    Optional<Reason> refusal() {
        return NOT_RUN.stream().filter(reason -> reason.name().equals(notRun)).findFirst();
    }

    private static Quantity quantity(Long bytes) {
        return bytes == null || bytes <= 0 || bytes > Quantities.MOST ? null : Quantities.ofBytes(bytes);
    }

    /** What the installer reported; empty where there was none, or its report cannot be read. */
    Optional<InstallReport> installReport() {
        return InstallReport.parse(install);
    }

    boolean resultsFailed() {
        return "failed".equals(results);
    }

    /** Whether there is something of the attempt in its job's claim. */
    boolean keptAnything() {
        return logKept || "copied".equals(results) || "kept".equals(results);
    }
}

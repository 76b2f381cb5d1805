package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.Usage;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a run of an attempt that ended. What a build reports of itself may be anything, so nothing counts for more than it was given: a
 * report of 16Ti moves a profile by no more than a build that filled its memory.
 */
public final class AttemptRun {
    /** What each outcome teaches; the others teach nothing, since the build did not run, or was ended by something else. */
    private static final Map<Reason, RunResult> RESULTS = new EnumMap<>(Map.of(
            Reason.Succeeded, RunResult.OK,
            Reason.ResultsNotCopied, RunResult.OK,
            Reason.BuildFailed, RunResult.FAILED,
            Reason.DeadlineExceeded, RunResult.FAILED,
            Reason.IdleDeadlineExceeded, RunResult.FAILED,
            Reason.OutOfMemory, RunResult.OUT_OF_MEMORY,
            Reason.OutOfDisk, RunResult.OUT_OF_DISK));

    private static final int UID_PART = 8;
    /** A build that ran out of disk needed a fifth more, as one that ran out of memory. */
    private static final double BUMP = 1.2;
    /** A thousand threads at least: no machine has more. */
    private static final long MOST_THREADS = 1024;

    private static final long MOST_SECONDS = 99_999_999;

    private AttemptRun() {}

    /** Whether an attempt that ended so teaches something. */
    public static boolean teaches(Attempt attempt) {
        return RESULTS.containsKey(attempt.outcome())
                && !attempt.isExcused()
                && attempt.startTime() != null
                && attempt.endTime() != null
                && attempt.parallelism() != null
                && attempt.memory() != null;
    }

    /**
     * The run of an attempt that {@link #teaches}.
     *
     * @param usage what it used, if that is known
     * @param ownDisk whether its disk was the worker's, and not a volume
     * @param speed of the worker
     * @param penaltyPercent of the mode
     */
    public static Run of(
            String jobUid, Attempt attempt, Optional<Usage> usage, boolean ownDisk, int speed, int penaltyPercent) {
        var result = RESULTS.get(attempt.outcome());
        long seconds = Math.min(
                MOST_SECONDS,
                Math.max(
                        0,
                        Duration.between(attempt.startTime(), attempt.endTime()).toSeconds()));
        long cpu = usage.map(Usage::cpuSeconds).orElse(0L);
        long given = Quantities.bytes(attempt.memory());
        long memory = result == RunResult.OUT_OF_MEMORY ? given : Math.min(given, bytes(usage.map(Usage::memoryPeak)));
        return new Run(
                attempt.endTime(),
                id(jobUid, attempt.number()),
                attempt.parallelism(),
                seconds,
                Math.min(cpu, seconds * MOST_THREADS),
                memory,
                ownDisk ? disk(attempt, result, usage) : 0,
                speed,
                penaltyPercent,
                result,
                attempt.worker());
    }

    private static String id(String jobUid, int attempt) {
        var part = jobUid.replace("-", "");
        return part.substring(0, Math.min(UID_PART, part.length())) + "-" + attempt;
    }

    private static long disk(Attempt attempt, RunResult result, Optional<Usage> usage) {
        if (attempt.disk() == null) {
            return 0;
        }
        long given = Quantities.bytes(attempt.disk());
        return result == RunResult.OUT_OF_DISK
                ? (long) (BUMP * given)
                : Math.min(given, bytes(usage.map(Usage::diskPeak)));
    }

    private static long bytes(Optional<Quantity> quantity) {
        return quantity.map(Quantities::bytes).orElse(0L);
    }
}

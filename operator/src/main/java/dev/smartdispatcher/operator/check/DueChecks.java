package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.worker.CheckNotRun;
import dev.smartdispatcher.api.worker.CheckResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Which checks of a worker are due. A check is due without a result of this check and boot, and some time before its interval has
 * passed since the last one: between nine tenths and the whole of it, by worker and check, so that those of a farm that was installed at
 * once do not come at once. One that could not be run is tried again after a minute, doubled up to ten.
 */
public final class DueChecks {
    private static final double LEAST_SHARE = 0.9;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    /** 60 s doubled so often is more than the longest pause. */
    private static final int MOST_DOUBLINGS = 4;

    private static final double HASHES = 1L << 32;

    private final String worker;
    private final String boot;
    private final Instant now;

    /**
     * Of one worker at one time.
     *
     * @param boot the boot of the worker's Node, as {@code NodeState} has it
     */
    public DueChecks(String worker, String boot, Instant now) {
        this.worker = worker;
        this.boot = boot;
        this.now = now;
    }

    /** The due ones of some checks, the next one to be run first: mandatory ones, those without a result, the oldest. */
    public List<CheckDefinition> of(List<CheckDefinition> checks, Collection<CheckResult> results) {
        return of(checks, results, Set.of());
    }

    /** The same; some are due although their results are not old. */
    public List<CheckDefinition> of(List<CheckDefinition> checks, Collection<CheckResult> results, Set<String> asked) {
        if (checks.isEmpty()) {
            return List.of();
        }
        var known = CheckValidity.byName(results);
        return checks.stream()
                .filter(check -> check.problems().isEmpty()
                        && isDue(check, known.get(check.name()), asked.contains(check.name())))
                .sorted(order(known))
                .toList();
    }

    private boolean isDue(CheckDefinition check, CheckResult result, boolean asked) {
        if (result == null) {
            return true;
        }
        if (result.notRun() != null && now.isBefore(nextTry(result.notRun()))) {
            return false;
        }
        return asked
                || !CheckValidity.isOf(result, check, boot)
                || result.time().isAfter(now)
                || !now.isBefore(result.time().plus(pause(check)));
    }

    private Duration pause(CheckDefinition check) {
        double share = LEAST_SHARE + (1 - LEAST_SHARE) * hash(worker + "/" + check.name());
        return Duration.ofMillis((long) (check.spec().interval().toMillis() * share));
    }

    private static Instant nextTry(CheckNotRun notRun) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, notRun.times() - 1));
        return notRun.time().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    private Comparator<CheckDefinition> order(Map<String, CheckResult> known) {
        return Comparator.comparing((CheckDefinition check) -> !check.spec().mandatory())
                .thenComparing(check -> tried(known.get(check.name())))
                .thenComparing(check -> ended(check, known.get(check.name())))
                .thenComparing(CheckDefinition::name);
    }

    /** One that does not start does not come before all others each time. */
    private static int tried(CheckResult result) {
        return result == null || result.notRun() == null ? 0 : result.notRun().times();
    }

    private Instant ended(CheckDefinition check, CheckResult result) {
        return result == null || !CheckValidity.isOf(result, check, boot) ? Instant.MIN : result.time();
    }

    /** Evenly within 0 and 1, the same at any time. */
    private static double hash(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() / HASHES;
    }
}

package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.worker.CheckResult;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the checks of a worker say in a trial: only what was run since it began counts. */
public final class TrialChecks {
    private TrialChecks() {}

    /** Those that have no result yet. One that cannot be run is not waited for: that is hardly the worker's fault alone. */
    public static Set<String> untried(List<CheckDefinition> checks, Collection<CheckResult> results, Instant since) {
        var known = CheckValidity.byName(results);
        return checks.stream()
                .map(CheckDefinition::name)
                .filter(name -> isUntried(known.get(name), since))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one was failed. */
    public static boolean failed(Collection<CheckResult> results, Instant since) {
        return results.stream()
                .anyMatch(result -> Boolean.FALSE.equals(result.passed()) && isSince(result.time(), since));
    }

    private static boolean isUntried(CheckResult result, Instant since) {
        return result == null
                || !isSince(result.time(), since)
                        && (result.notRun() == null || !isSince(result.notRun().time(), since));
    }

    private static boolean isSince(Instant time, Instant since) {
        return time != null && !time.isBefore(since);
    }
}

package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a result still counts: of this check as it is written now, on this boot of this Node, and not too old. */
public final class CheckValidity {
    private CheckValidity() {}

    /** The results by the name of their check. */
    public static Map<String, CheckResult> byName(Collection<CheckResult> results) {
        return results.stream()
                .filter(result -> result.name() != null)
                .collect(Collectors.toMap(CheckResult::name, Function.identity(), (one, other) -> one));
    }

    /**
     * Whether a result is of this check and boot, however old.
     *
     * @param boot the boot of the worker's Node, as {@code NodeState} has it
     */
    public static boolean isOf(CheckResult result, CheckDefinition check, String boot) {
        return result.passed() != null
                && result.time() != null
                && check.uid().equals(result.checkUid())
                && Long.valueOf(check.generation()).equals(result.checkGeneration())
                && boot.equals(result.boot());
    }

    /** What a result says now; null for none. */
    public static CheckStanding standing(CheckResult result, CheckDefinition check, String boot, Instant now) {
        if (result == null
                || !isOf(result, check, boot)
                || result.expires() == null
                || !result.expires().isAfter(now)) {
            return CheckStanding.Unknown;
        }
        return result.passed() ? CheckStanding.Passed : CheckStanding.Failed;
    }

    /** How a worker with these results stands with each of some checks now. */
    public static Map<String, CheckStanding> standings(
            List<CheckDefinition> checks, Collection<CheckResult> results, String boot, Instant now) {
        if (checks.isEmpty()) {
            return Map.of();
        }
        var known = byName(results);
        var standings = new TreeMap<String, CheckStanding>();
        checks.forEach(check -> standings.put(check.name(), standing(known.get(check.name()), check, boot, now)));
        return standings;
    }

    /** What the names of a check's facts begin with. The name of a check has no dot. */
    static String prefix(String check) {
        return "check." + check + ".";
    }

    /** The attributes of results that count, as facts {@code check.NAME.KEY}. A failed check tells them too. */
    public static Map<String, String> facts(
            List<CheckDefinition> checks, Map<String, CheckStanding> standings, Collection<CheckResult> results) {
        var known = byName(results);
        var facts = new TreeMap<String, String>();
        for (var check : checks) {
            if (standings.getOrDefault(check.name(), CheckStanding.Unknown) != CheckStanding.Unknown) {
                known.get(check.name())
                        .attributes()
                        .forEach((key, value) -> facts.put(prefix(check.name()) + key, value));
            }
        }
        return facts;
    }
}

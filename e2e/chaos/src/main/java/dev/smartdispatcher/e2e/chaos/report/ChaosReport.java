package dev.smartdispatcher.e2e.chaos.report;

import dev.smartdispatcher.e2e.chaos.check.Verdict;
import dev.smartdispatcher.e2e.report.Machine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file {@code chaos.json}.
 *
 * @param seed that repeats the run
 * @param jobs that were to be created
 * @param minutes of disturbance
 * @param faults of the farm
 * @param operatorStarts processes of the operator that were started
 * @param requests of the operators by what was done to them
 * @param settleSeconds from the last disturbance until all jobs had ended
 * @param entries of the history
 * @param counts what happened, and how often
 * @param pauses of dispatching, by what happened to the leader
 * @param violations the first of them, as sentences
 * @param history where the history is
 */
public record ChaosReport(
        long seed,
        int jobs,
        double minutes,
        int faults,
        int operatorStarts,
        Map<String, Long> requests,
        long settleSeconds,
        long entries,
        Map<String, Long> counts,
        Map<String, Pause> pauses,
        long violationsInAll,
        List<String> violations,
        String history,
        Machine machine) {

    public static Map<String, Pause> pauses(Verdict verdict) {
        var pauses = new TreeMap<String, Pause>();
        verdict.pauses().forEach((what, millis) -> pauses.put(what, Pause.of(millis)));
        return pauses;
    }
}

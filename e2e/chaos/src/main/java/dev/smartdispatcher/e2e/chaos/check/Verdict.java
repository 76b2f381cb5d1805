package dev.smartdispatcher.e2e.chaos.check;

import dev.smartdispatcher.e2e.chaos.check.rule.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a history was found to be.
 *
 * @param entries that were read
 * @param violations the first of them
 * @param total how many violations there are
 * @param counts what happened, and how often
 * @param pauses of dispatching, in milliseconds, by what happened to the leader
 */
public record Verdict(
        long entries,
        List<Violation> violations,
        long total,
        Map<String, Long> counts,
        Map<String, List<Long>> pauses) {

    /** The number of violations of each rule. */
    public Map<String, Long> byRule() {
        var numbers = new TreeMap<String, Long>();
        violations.forEach(violation -> numbers.merge(violation.rule(), 1L, Long::sum));
        return numbers;
    }
}

package dev.smartdispatcher.e2e.chaos.check.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the rules find: violations, and counts of what is worth knowing. */
public final class Findings {
    private static final int MOST = 200;

    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long revision;
    private long millis;
    private long total;

    /** Where the history is by now. */
    public void at(long newRevision, long newMillis) {
        revision = newRevision;
        millis = newMillis;
    }

    /** The first few are kept, all are counted. */
    public void violation(Rule rule, String text) {
        total++;
        if (violations.size() < MOST) {
            violations.add(new Violation(rule.name(), revision, millis, text));
        }
    }

    public void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    public long total() {
        return total;
    }

    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}

package dev.smartdispatcher.e2e.bench.simulate.report;

import java.util.Map;

/** All rules on one seed. */
public record SeedReport(long seed, Map<RuleName, Measures> rules) {
    /** A rule's measures. */
    public Measures of(RuleName rule) {
        return rules.get(rule);
    }
}

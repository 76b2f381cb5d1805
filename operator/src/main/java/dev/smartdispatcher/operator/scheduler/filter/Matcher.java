package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.ArrayList;
import java.util.Optional;

/** Matches requirements with workers, whatever the load, by each {@link Rule}. */
public final class Matcher {
    private static final Rule[] RULES = Rule.values();

    private final ModePenalty penalty;

    public Matcher(ModePenalty penalty) {
        this.penalty = penalty;
    }

    /** Whether and how the worker can build for these requirements. */
    public Match match(Requirements requirements, Worker worker) {
        for (var rule : RULES) {
            if (!rule.holds(requirements, worker)) {
                return rule.rejection;
            }
        }
        return new Match.Eligible(ModeRule.best(requirements, worker, penalty).orElseThrow());
    }

    /** All that keeps a worker from matching, in the order of the rules; empty if it does match. */
    public static Optional<Shortfall> shortfall(Requirements requirements, Worker worker) {
        var broken = new ArrayList<Rule>();
        for (var rule : RULES) {
            if (!rule.holds(requirements, worker)) {
                broken.add(rule);
            }
        }
        return broken.isEmpty() ? Optional.empty() : Optional.of(Shortfall.of(requirements, worker, broken));
    }
}

package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.job.demand.FactMatch;
import dev.smartdispatcher.arch.Quantities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a job demands of one fact of a worker.
 *
 * @param name of the fact, as {@code local.rack}
 * @param anyOf values of which it must have one; empty: the least amount counts
 * @param atLeast the least amount that its value must be; empty: the values count
 */
public record FactDemand(String name, List<String> anyOf, Optional<BigDecimal> atLeast) {
    public FactDemand {
        anyOf = List.copyOf(anyOf);
        // 2 and 2.0 are one demand.
        atLeast = atLeast.map(BigDecimal::stripTrailingZeros);
    }

    /** The demands of a job, by the names of the facts. Its spec must be valid. */
    public static List<FactDemand> of(Map<String, FactMatch> facts) {
        return new TreeMap<>(facts)
                .entrySet().stream().map(e -> of(e.getKey(), e.getValue())).toList();
    }

    private static FactDemand of(String name, FactMatch match) {
        if (match.atLeast() != null) {
            var amount = Quantities.amount(match.atLeast().toString());
            return new FactDemand(name, List.of(), Optional.of(amount));
        }
        return new FactDemand(name, match.value() != null ? List.of(match.value()) : match.in(), Optional.empty());
    }

    /** Whether facts of a worker satisfy it. A fact that is not there, or is no amount where one is demanded, does not. */
    boolean holds(Map<String, String> facts) {
        var value = facts.get(name);
        return value != null
                && atLeast.map(least -> amount(value)
                                .filter(amount -> amount.compareTo(least) >= 0)
                                .isPresent())
                        .orElseGet(() -> anyOf.contains(value));
    }

    private static Optional<BigDecimal> amount(String value) {
        try {
            return Optional.of(Quantities.amount(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In words, as {@code local.rack=a|b}. */
    String words() {
        return name
                + atLeast.map(least -> " at least " + least.toPlainString())
                        .orElseGet(() -> "=" + String.join("|", anyOf));
    }
}

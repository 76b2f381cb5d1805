package dev.smartdispatcher.operator.worker;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By how much a node's clock differs from the API server's. Nothing that the operator decides depends on a node's clock, but
 * what builds there write carries its time.
 *
 * @param ahead negative if the node's clock is behind
 */
public record ClockSkew(Duration ahead) {
    /**
     * What is worth a warning. Less may be the time that an observation takes to come here: probes take some seconds, and a
     * request at most ten.
     */
    public static final Duration WORTH_A_WARNING = Duration.ofSeconds(30);

    /** Published in these steps only: a clock that drifts would cost a write at every look. */
    private static final List<Step> STEPS = List.of(
            new Step(Duration.ofDays(365), "a year"),
            new Step(Duration.ofDays(1), "a day"),
            new Step(Duration.ofHours(1), "an hour"),
            new Step(Duration.ofMinutes(10), "10 minutes"),
            new Step(Duration.ofMinutes(2), "2 minutes"));

    private record Step(Duration least, String words) {}

    /** The larger of what an agent says of its own clock and what was seen of it. */
    public static Optional<ClockSkew> worst(Optional<Duration> told, Optional<Duration> seen) {
        return Stream.concat(told.stream(), seen.stream())
                .max(Comparator.comparing(Duration::abs))
                .map(ClockSkew::new);
    }

    public boolean isWorthAWarning() {
        return ahead.abs().compareTo(WORTH_A_WARNING) > 0;
    }

    /** A sentence for an administrator. */
    public String message() {
        if (!isWorthAWarning()) {
            return "the node's clock agrees with the API server's within " + WORTH_A_WARNING.toSeconds() + " seconds";
        }
        var size = STEPS.stream()
                .filter(step -> ahead.abs().compareTo(step.least()) >= 0)
                .map(Step::words)
                .findFirst()
                .orElse(WORTH_A_WARNING.toSeconds() + " seconds");
        return "the node's clock is more than " + size + (ahead.isNegative() ? " behind" : " ahead of")
                + " the API server's: files that builds write there carry wrong times; synchronise it (NTP)";
    }
}

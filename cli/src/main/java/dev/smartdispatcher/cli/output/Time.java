package dev.smartdispatcher.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Lengths of time as people read and type them. */
public final class Time {
    private static final Duration SECONDS = Duration.ofMinutes(2);
    private static final Duration MINUTES_AND_SECONDS = Duration.ofMinutes(10);
    private static final Duration MINUTES = Duration.ofHours(3);
    private static final Duration HOURS_AND_MINUTES = Duration.ofHours(8);
    private static final Duration HOURS = Duration.ofDays(2);
    private static final Pattern TYPED =
            Pattern.compile("(?:(?<d>[0-9]{1,4})d)?(?:(?<h>[0-9]{1,5})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,8})s)?");

    private Time() {}

    /** As kubectl shows an age: {@code 95s}, {@code 4m12s}, {@code 72m}, {@code 5h20m}, {@code 30h}, {@code 4d}. */
    public static String text(Duration duration) {
        var positive = duration.isNegative() ? Duration.ZERO : duration;
        if (positive.compareTo(SECONDS) < 0) {
            return positive.toSeconds() + "s";
        }
        if (positive.compareTo(MINUTES_AND_SECONDS) < 0) {
            return positive.toMinutes() + "m" + (positive.toSecondsPart() == 0 ? "" : positive.toSecondsPart() + "s");
        }
        if (positive.compareTo(MINUTES) < 0) {
            return positive.toMinutes() + "m";
        }
        if (positive.compareTo(HOURS_AND_MINUTES) < 0) {
            return positive.toHours() + "h" + (positive.toMinutesPart() == 0 ? "" : positive.toMinutesPart() + "m");
        }
        return positive.compareTo(HOURS) < 0 ? positive.toHours() + "h" : positive.toDays() + "d";
    }

    /** How long ago that was; null if it is not known when. */
    public static String since(Instant time, Instant now) {
        return time == null ? null : text(Duration.between(time, now));
    }

    /**
     * A length as {@code 90m}, {@code 1h30m} or {@code 2d}.
     *
     * @throws IllegalArgumentException if it is none, or 0
     */
    public static Duration parse(String typed) {
        var match = TYPED.matcher(typed);
        if (!match.matches() || typed.isEmpty()) {
            throw new IllegalArgumentException("'" + typed + "' is not a length of time such as 90m, 1h30m or 2d");
        }
        var length = Duration.ofDays(number(match.group("d")))
                .plusHours(number(match.group("h")))
                .plusMinutes(number(match.group("m")))
                .plusSeconds(number(match.group("s")));
        if (length.isZero()) {
            throw new IllegalArgumentException("'" + typed + "' is no time at all");
        }
        return length;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}

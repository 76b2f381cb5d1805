package dev.smartdispatcher.operator.health;

import dev.smartdispatcher.api.Annotations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator says of a worker's health.
 *
 * @param trustedSince evidence up to then is void, as is a quarantine that began by then
 * @param never whether the worker is exempt: it is not quarantined, and failures there count
 * @param problems what is wrong with the annotations; one that is wrong counts for nothing
 */
public record HealthAnnotations(Optional<Instant> trustedSince, boolean never, List<String> problems) {
    public static final HealthAnnotations NONE = new HealthAnnotations(Optional.empty(), false, List.of());

    private static final String NEVER = "never";
    /** By so much clocks may differ. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    public static HealthAnnotations of(Map<String, String> annotations, Instant now) {
        var problems = new ArrayList<String>();
        var since = Optional.ofNullable(annotations.get(Annotations.TRUSTED_SINCE))
                .flatMap(text -> time(text, now, problems));
        var quarantine = annotations.get(Annotations.QUARANTINE);
        if (quarantine != null && !quarantine.equals(NEVER)) {
            problems.add("annotation " + Annotations.QUARANTINE + ": '" + quarantine + "' is not 'never'");
        }
        return new HealthAnnotations(since, NEVER.equals(quarantine), List.copyOf(problems));
    }

    private static Optional<Instant> time(String text, Instant now, List<String> problems) {
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            if (!time.isAfter(now.plus(TOLERANCE))) {
                return Optional.of(time);
            }
            problems.add("annotation " + Annotations.TRUSTED_SINCE + ": " + text + " is in the future");
        } catch (DateTimeParseException e) {
            problems.add("annotation " + Annotations.TRUSTED_SINCE + ": '" + text
                    + "' is not a time such as 2026-12-01T22:00:00Z");
        }
        return Optional.empty();
    }
}

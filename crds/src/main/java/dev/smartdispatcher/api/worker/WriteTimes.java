package dev.smartdispatcher.api.worker;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When fields were written, by the API server's clock: it notes so of every manager of fields. */
public final class WriteTimes {
    private static final List<String> OBSERVED_TIME = List.of("f:status", "f:agent", "f:observedTime");

    private WriteTimes() {}

    /** When {@code status.agent.observedTime} was last changed, in whole seconds; empty if the API server does not tell. */
    public static Optional<Instant> ofObservation(BuildWorker worker) {
        var managed = worker.getMetadata().getManagedFields();
        return managed == null
                ? Optional.empty()
                : managed.stream()
                        .filter(WriteTimes::observes)
                        .flatMap(entry -> time(entry.getTime()).stream())
                        .max(Comparator.naturalOrder());
    }

    private static boolean observes(ManagedFieldsEntry entry) {
        Object field = entry.getFieldsV1() == null ? null : entry.getFieldsV1().getAdditionalProperties();
        for (var name : OBSERVED_TIME) {
            field = field instanceof Map<?, ?> fields ? fields.get(name) : null;
        }
        return field != null;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.ofNullable(text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

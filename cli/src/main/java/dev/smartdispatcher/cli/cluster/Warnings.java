package dev.smartdispatcher.cli.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The Events of an object that warn; none where the user may not read them. */
public final class Warnings {
    private static final int MOST = 5;

    private Warnings() {}

    /** The newest, oldest first, as {@code REASON: MESSAGE}, each once. Of one without times its name counts, as any other. */
    public static List<String> of(Cluster cluster, HasMetadata object) {
        try {
            var events = Pages.all(
                    cluster.client()
                            .v1()
                            .events()
                            .inNamespace(object.getMetadata().getNamespace())
                            .withField(
                                    "involvedObject.uid", object.getMetadata().getUid()),
                    event -> event);
            var lines = events.stream()
                    .filter(event -> "Warning".equals(event.getType()))
                    .sorted(Comparator.comparing(Warnings::time)
                            .thenComparing(event -> event.getMetadata().getName()))
                    .map(event -> event.getReason() + ": " + event.getMessage())
                    .distinct()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - MOST), lines.size());
        } catch (ClusterException e) {
            return List.of();
        }
    }

    /** RFC 3339 in UTC is in order as text, to the second. */
    private static String time(Event event) {
        return Stream.of(
                        event.getLastTimestamp(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getFirstTimestamp(),
                        event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}

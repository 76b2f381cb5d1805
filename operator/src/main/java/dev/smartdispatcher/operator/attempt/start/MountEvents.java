package dev.smartdispatcher.operator.attempt.start;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Obstacle;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds in the Events of a pod why its node cannot mount its volumes: the pod's status does not say. */
public final class MountEvents {
    /** The reason that kubelets give such Events. */
    public static final String REASON = "FailedMount";

    /** Times are RFC 3339 in UTC: those of one field are in the order of their text. */
    private static final Comparator<Event> NEWEST_FIRST =
            Comparator.comparing(MountEvents::time).reversed();

    private MountEvents() {}

    /**
     * What is in the way: an object that the job names and its namespace lacks, else the newest complaint.
     *
     * @param events of any objects; those of other objects are ignored
     */
    public static Optional<Obstacle> obstacle(Pod pod, List<Event> events) {
        var complaints = events.stream()
                .filter(event -> REASON.equals(event.getReason()) && isAbout(pod, event))
                .filter(event ->
                        event.getMessage() != null && !event.getMessage().isBlank())
                .sorted(NEWEST_FIRST)
                .toList();
        return complaints.stream()
                .flatMap(event -> MissingObjects.in(pod, event.getMessage()).stream())
                .findFirst()
                .or(() -> complaints.stream()
                        .findFirst()
                        .map(event -> new Obstacle(
                                Reason.FailedMount, null, event.getMessage().strip())));
    }

    private static boolean isAbout(Pod pod, Event event) {
        return event.getInvolvedObject() != null
                && pod.getMetadata().getUid().equals(event.getInvolvedObject().getUid());
    }

    /** When it was last seen; a recorder writes one of these. */
    private static String time(Event event) {
        return Stream.of(
                        Optional.ofNullable(event.getLastTimestamp()),
                        Optional.ofNullable(event.getSeries())
                                .map(series -> series.getLastObservedTime())
                                .map(time -> time.getTime()),
                        Optional.ofNullable(event.getEventTime()).map(time -> time.getTime()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }
}

package dev.smartdispatcher.operator.attempt.start;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.operator.dispatch.share.Hold.Told;
import dev.smartdispatcher.operator.refusal.ObjectFaults;
import dev.smartdispatcher.operator.refusal.ObjectFaults.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images of environments that cannot be had: by their registry's fault or the administrator's, so that one job at a time tries
 * whether they can again, after ever longer pauses, and the others wait. Safe for use by several threads.
 */
public final class ImageOutages {
    /** An image that has started elsewhere within this time can be had: the worker is to blame. */
    static final Duration TELLING = Duration.ofMinutes(10);

    private final ObjectFaults faults = new ObjectFaults();
    private final Map<String, Start> starts = new HashMap<>();

    private record Start(String worker, Instant time) {}

    /** The images that an environment may give a job for this target; of any target if that is empty. */
    public static Set<String> of(BuildEnvironmentSpec environment, Optional<String> target) {
        var images = new LinkedHashSet<String>();
        images.add(environment.image());
        environment.rules().stream()
                .filter(rule -> rule.image() != null && !rule.image().isEmpty())
                .filter(rule -> target.isEmpty()
                        || rule.when().targetArch().isEmpty()
                        || rule.when().targetArch().contains(target.get()))
                .forEach(rule -> images.add(rule.image()));
        return images;
    }

    /** A job's build could not be started on a worker for want of an image. */
    public synchronized void failed(String image, String worker, Told told, String jobUid, Instant now) {
        var start = starts.get(image);
        if (start == null || start.worker.equals(worker) || !now.isBefore(start.time.plus(TELLING))) {
            faults.refused(subject(image), 0, told, jobUid, now);
        }
    }

    /** A container of the image has started on a worker. */
    public synchronized void started(String image, String worker, Instant now) {
        starts.put(image, new Start(worker, now));
        faults.forget(subject(image));
    }

    /**
     * Why a job waits that is given one of these images; empty if it need not, or is the one that tries. To find out that a name
     * is none takes a worker no time, so nobody waits for another's finding.
     */
    public synchronized Optional<Told> obstacle(Collection<String> images, String jobUid, Instant now) {
        return images.stream().allMatch(this::isAway)
                ? images.stream().findFirst().flatMap(image -> faults.obstacle(subject(image), 0, jobUid, now))
                : Optional.empty();
    }

    /** What is known of the first of these images that cannot be had. */
    public synchronized Optional<Told> out(Collection<String> images) {
        return images.stream().flatMap(image -> out(image).stream()).findFirst();
    }

    /** Whether one of these images has started since this process did. */
    public synchronized boolean haveStarted(Collection<String> images) {
        return images.stream().anyMatch(starts::containsKey);
    }

    private boolean isAway(String image) {
        return out(image)
                .filter(told -> told.reason() == Reason.ImagePullFailed)
                .isPresent();
    }

    private Optional<Told> out(String image) {
        return faults.of(subject(image), 0);
    }

    private static Subject subject(String image) {
        return new Subject("image", image);
    }
}

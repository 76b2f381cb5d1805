package dev.smartdispatcher.operator.controller.refusal;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images of environments that cannot be had: by their registry's fault or the administrator's, so that one job at a time tries
 * whether they can again, after ever longer pauses, and the others wait. Each namespace tries by itself, since it may lack only the
 * Secret by which others can pull. Safe for use by several threads.
 */
public final class ImageOutages {
    /** An image that has started elsewhere within this time can be had: the worker is to blame. */
    static final Duration TELLING = Duration.ofMinutes(10);

    private final ObjectFaults faults = new ObjectFaults();
    private final Map<String, Start> starts = new HashMap<>();
    /** By image, the namespaces whose jobs could not have it. */
    private final Map<String, Set<String>> lacking = new HashMap<>();

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

    /** The build of a job of this namespace could not be started on a worker for want of an image. */
    public synchronized void failed(
            String image, String worker, String namespace, Published published, String jobUid, Instant now) {
        var start = starts.get(image);
        if (start == null || start.worker.equals(worker) || !now.isBefore(start.time.plus(TELLING))) {
            lacking.computeIfAbsent(image, i -> new HashSet<>()).add(namespace);
            faults.refused(subject(image, namespace), 0, published, jobUid, now);
        }
    }

    /** A container of the image has started on a worker; whether that is news: it could not be had, or was never seen to start. */
    public synchronized boolean started(String image, String worker, Instant now) {
        var first = starts.put(image, new Start(worker, now)) == null;
        var lacked = lacking.remove(image);
        if (lacked != null) {
            lacked.forEach(namespace -> faults.forget(subject(image, namespace)));
        }
        return first || lacked != null;
    }

    /** Forgets all other images: of environments that are gone, or have others by now. */
    public synchronized void keepOnly(Set<String> images) {
        starts.keySet().retainAll(images);
        lacking.entrySet().removeIf(e -> {
            boolean goes = !images.contains(e.getKey());
            if (goes) {
                e.getValue().forEach(namespace -> faults.forget(subject(e.getKey(), namespace)));
            }
            return goes;
        });
    }

    /**
     * Why a job of a namespace waits that is given one of these images; empty if it need not, or is the one that tries. To find out
     * that a name is none takes a worker no time, so nobody waits for another's finding.
     */
    public synchronized Optional<Published> obstacle(
            Collection<String> images, String namespace, String jobUid, Instant now) {
        return images.stream().allMatch(image -> isAway(image, namespace))
                ? images.stream()
                        .findFirst()
                        .flatMap(image -> faults.obstacle(subject(image, namespace), 0, jobUid, now))
                : Optional.empty();
    }

    /** What is known of the first of these images that cannot be had, by whichever namespace. */
    public synchronized Optional<Published> out(Collection<String> images) {
        return images.stream()
                .flatMap(image -> lacking.getOrDefault(image, Set.of()).stream()
                        .sorted()
                        .flatMap(namespace -> faults.of(subject(image, namespace), 0).stream()))
                .findFirst();
    }

    /** Whether one of these images has started since this process did. */
    public synchronized boolean haveStarted(Collection<String> images) {
        return images.stream().anyMatch(starts::containsKey);
    }

    private boolean isAway(String image, String namespace) {
        return faults.of(subject(image, namespace), 0)
                .filter(published -> published.reason() == Reason.ImagePullFailed)
                .isPresent();
    }

    private static Subject subject(String image, String namespace) {
        return new Subject("image", namespace + "/" + image);
    }
}

package dev.smartdispatcher.operator.reconcile.standing;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.operator.availability.Availability;
import dev.smartdispatcher.operator.availability.ClockSkew;
import dev.smartdispatcher.operator.availability.Standing;
import dev.smartdispatcher.operator.availability.WorkerName;
import dev.smartdispatcher.operator.reading.Unreadable;
import dev.smartdispatcher.operator.reconcile.Caches;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether workers take new jobs, and what is to become of those that they have, as the caches show them. Shared by
 * everything that asks, since it remembers when agents were heard. Safe for use by several threads.
 */
public final class Standings {
    private static final String FACTS = "status.agent";

    private final Caches caches;
    private final Sightings sightings;
    private final Clock clock;

    public Standings(Caches caches, Clock clock) {
        this.caches = caches;
        this.clock = clock;
        sightings = new Sightings(clock);
    }

    /** The standing of a worker now; empty if there is none of this name. */
    public Optional<Standing> of(String worker) {
        return caches.worker(worker).map(this::of);
    }

    /** The standing of this worker now. */
    public Standing of(BuildWorker worker) {
        var meta = worker.getMetadata();
        if (meta.getDeletionTimestamp() != null) {
            return Availability.BEING_DELETED;
        }
        var unreadable = new ArrayList<>(unreadable(worker));
        WorkerName.problem(meta.getName()).ifPresent(unreadable::add);
        var standing = Availability.judge(
                meta.getAnnotations() == null ? Map.of() : meta.getAnnotations(),
                worker.getSpec(),
                unreadable.isEmpty() ? facts(worker) : Optional.empty(),
                sightings.of(worker).map(Sighting::seen).orElse(clock.instant()),
                caches.node(meta.getName()),
                caches.policy().tolerations(),
                clock.instant());
        return !unreadable.isEmpty() && standing.closed().equals(Optional.of(Reason.NoFacts))
                ? Availability.unreadable(unreadable)
                : standing;
    }

    /** How wrong the worker's clock is, by what its agent says and by what was seen; empty if that is not known. */
    public Optional<ClockSkew> skew(BuildWorker worker) {
        var told = facts(worker).map(AgentFacts::clockSkewSeconds).map(Duration::ofSeconds);
        var seen = sightings.of(worker).flatMap(Sighting::ahead);
        return ClockSkew.worst(told, seen);
    }

    /** A watch or a list shows this of a worker now. */
    void see(BuildWorker worker) {
        sightings.of(worker);
    }

    /** The worker is gone. */
    void forget(String worker) {
        sightings.forget(worker);
    }

    /** What cannot be read of what its administrator, its agent and its Node say of the worker. */
    private List<String> unreadable(BuildWorker worker) {
        return Stream.concat(
                        Unreadable.of(worker, "spec", FACTS).stream(),
                        caches.unreadableOfNode(worker.getMetadata().getName()).stream()
                                .map(problem -> "the Node's " + problem))
                .toList();
    }

    /** What the agent says of the worker; empty if nothing, or if part of it, or of the worker's spec, cannot be read. */
    public static Optional<AgentFacts> facts(BuildWorker worker) {
        return Optional.ofNullable(worker.getStatus())
                .map(status -> status.agent())
                .filter(facts -> Unreadable.of(worker, "spec", FACTS).isEmpty());
    }
}

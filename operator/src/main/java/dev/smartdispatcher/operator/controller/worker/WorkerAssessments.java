package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.worker.Availability;
import dev.smartdispatcher.operator.worker.ClockSkew;
import dev.smartdispatcher.operator.worker.Schedulability;
import dev.smartdispatcher.operator.worker.WorkerName;
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
public final class WorkerAssessments {
    private static final String FACTS = "status.agent";

    private final ClusterView cluster;
    private final AgentHeartbeats heartbeats;
    private final Clock clock;

    public WorkerAssessments(ClusterView cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        heartbeats = new AgentHeartbeats(clock);
    }

    /** The standing of a worker now; empty if there is none of this name. */
    public Optional<Schedulability> of(String worker) {
        return cluster.worker(worker).map(this::of);
    }

    /** The standing of this worker now. */
    public Schedulability of(BuildWorker worker) {
        var meta = worker.getMetadata();
        if (meta.getDeletionTimestamp() != null) {
            return Availability.BEING_DELETED;
        }
        var unreadable = new ArrayList<>(unreadable(worker));
        WorkerName.problem(meta.getName()).ifPresent(unreadable::add);
        var schedulability = Availability.judge(
                meta.getAnnotations() == null ? Map.of() : meta.getAnnotations(),
                worker.getSpec(),
                unreadable.isEmpty() ? facts(worker) : Optional.empty(),
                heartbeats.of(worker).map(AgentHeartbeat::seen).orElse(clock.instant()),
                cluster.node(meta.getName()),
                cluster.policy().tolerations(),
                clock.instant());
        return !unreadable.isEmpty() && schedulability.closed().equals(Optional.of(Reason.NoFacts))
                ? Availability.unreadable(unreadable)
                : schedulability;
    }

    /** How wrong the worker's clock is, by what its agent says and by what was seen; empty if that is not known. */
    public Optional<ClockSkew> skew(BuildWorker worker) {
        var published = facts(worker).map(AgentFacts::clockSkewSeconds).map(Duration::ofSeconds);
        var seen = heartbeats.of(worker).flatMap(AgentHeartbeat::ahead);
        return ClockSkew.worst(published, seen);
    }

    /** A watch or a list shows this of a worker now. */
    void see(BuildWorker worker) {
        heartbeats.of(worker);
    }

    /** The worker is gone. */
    void forget(String worker) {
        heartbeats.forget(worker);
    }

    /** What cannot be read of what its administrator, its agent and its Node say of the worker. */
    private List<String> unreadable(BuildWorker worker) {
        return Stream.concat(
                        Unreadable.of(worker, "spec", FACTS).stream(),
                        cluster.unreadableOfNode(worker.getMetadata().getName()).stream()
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

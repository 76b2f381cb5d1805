package dev.smartdispatcher.cli.cluster;

import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.cli.cluster.JobWatch.DeadlineException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The workers of the cluster, and what was learned from builds. */
public final class Farm {
    private final Cluster cluster;

    public Farm(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What is kept of each worker. */
    public <R> List<R> workers(Function<BuildWorker, R> kept) {
        return Pages.all(cluster.client().resources(BuildWorker.class), kept);
    }

    /**
     * The worker of this name.
     *
     * @throws ClusterException if there is none; it names the nearest
     */
    public BuildWorker worker(String name) {
        var found = Refusal.translating(() -> resource(name).get());
        if (found == null) {
            var names = workers(worker -> worker.getMetadata().getName());
            throw ClusterException.of("no worker '" + name + "'" + Nearest.suggestion(name, names));
        }
        return found;
    }

    /** What is kept of each profile of the namespace, or of all. */
    public <R> List<R> profiles(boolean everywhere, Function<BuildProfile, R> kept) {
        var profiles = cluster.client().resources(BuildProfile.class);
        return everywhere
                ? Pages.all(profiles.inAnyNamespace(), kept)
                : Pages.all(profiles.inNamespace(cluster.namespace()), kept);
    }

    /** Sets annotations of a worker, and takes those away whose value is null. */
    public void annotate(String name, Map<String, String> annotations) {
        var patch = Serialization.asJson(Map.of("metadata", Map.of("annotations", annotations)));
        Refusal.translating(() -> resource(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /**
     * Waits for what becomes of a worker.
     *
     * @param deadline until when at most
     * @param notes is told what the user should know meanwhile
     * @return the worker as it was then; empty if it was deleted
     * @throws DeadlineException if the deadline passes before
     */
    public Optional<BuildWorker> until(
            BuildWorker worker,
            Predicate<BuildWorker> condition,
            Optional<Instant> deadline,
            Clock clock,
            Consumer<String> notes) {
        var name = worker.getMetadata().getName();
        return new ObjectWatch<>(resource(name), worker.getMetadata().getUid(), deadline, clock, notes)
                .until(condition);
    }

    private Resource<BuildWorker> resource(String name) {
        return cluster.client().resources(BuildWorker.class).withName(name);
    }
}

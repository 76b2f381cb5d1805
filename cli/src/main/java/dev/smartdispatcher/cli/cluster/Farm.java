package dev.smartdispatcher.cli.cluster;

import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.function.Function;

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

    /** The worker, to be changed. */
    public Resource<BuildWorker> resource(String name) {
        return cluster.client().resources(BuildWorker.class).withName(name);
    }
}

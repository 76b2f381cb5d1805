package dev.smartdispatcher.cli.cluster;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.function.Function;

/** The BuildJobs of a namespace. */
public final class Jobs {
    private final Cluster cluster;

    public Jobs(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The job of this name.
     *
     * @throws ClusterException if there is none; it names the nearest
     */
    public BuildJob named(String name) {
        var found = Refusal.translating(() -> resource(name).get());
        if (found == null) {
            throw ClusterException.of("no job '" + name + "' in namespace " + cluster.namespace()
                    + Nearest.suggestion(name, names()));
        }
        return found;
    }

    /** The names of all. */
    public List<String> names() {
        return all(job -> job.getMetadata().getName());
    }

    /** What is kept of each job of the namespace. */
    public <R> List<R> all(Function<BuildJob, R> kept) {
        return Pages.all(operation().inNamespace(cluster.namespace()), kept);
    }

    /** What is kept of each job of the cluster. */
    public <R> List<R> everywhere(Function<BuildJob, R> kept) {
        return Pages.all(operation().inAnyNamespace(), kept);
    }

    /** The objects of these names, of all in the namespace if there are none, whole, as the API server has them. */
    public List<GenericKubernetesResource> objects(List<String> names) {
        var objects = untyped().inNamespace(cluster.namespace());
        return names.isEmpty()
                ? Pages.all(objects, Function.identity())
                : names.stream().map(name -> object(objects.withName(name), name)).toList();
    }

    /** The objects of all namespaces. */
    public List<GenericKubernetesResource> objectsEverywhere() {
        return Pages.all(untyped().inAnyNamespace(), Function.identity());
    }

    private GenericKubernetesResource object(Resource<GenericKubernetesResource> object, String name) {
        named(name);
        return Refusal.translating(object::require);
    }

    Resource<BuildJob> resource(String name) {
        return operation().inNamespace(cluster.namespace()).withName(name);
    }

    private MixedOperation<BuildJob, KubernetesResourceList<BuildJob>, Resource<BuildJob>> operation() {
        return cluster.client().resources(BuildJob.class);
    }

    private MixedOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            untyped() {
        return cluster.client().genericKubernetesResources(ResourceDefinitionContext.fromResourceType(BuildJob.class));
    }
}

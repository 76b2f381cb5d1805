package dev.smartdispatcher.cli.cluster;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
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
            throw ClusterException.of(
                    "no job '" + name + "' in namespace " + cluster.namespace() + Nearest.suggestion(name, names()));
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
                : names.stream()
                        .map(name -> object(objects.withName(name), name))
                        .toList();
    }

    /** The objects of all namespaces. */
    public List<GenericKubernetesResource> objectsEverywhere() {
        return Pages.all(untyped().inAnyNamespace(), Function.identity());
    }

    /** The object of this name, whole. */
    public GenericKubernetesResource object(String name) {
        return objects(List.of(name)).get(0);
    }

    /**
     * Creates a job in the namespace of the cluster; a field that does not exist is refused.
     *
     * @return as it was stored
     * @throws NameTakenException if there is one of this name
     */
    public GenericKubernetesResource create(GenericKubernetesResource job) {
        try {
            return untyped()
                    .inNamespace(cluster.namespace())
                    .resource(job)
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new NameTakenException(e);
            }
            throw Refusal.of(e);
        }
    }

    /** Asks for the end of a job. */
    public void cancel(String name) {
        Refusal.translating(
                () -> resource(name).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"cancelled\": true}}"));
    }

    /** There is a job of the name. */
    public static final class NameTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NameTakenException(Throwable cause) {
            super(cause);
        }
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
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            untyped() {
        return cluster.client().genericKubernetesResources(ResourceDefinitionContext.fromResourceType(BuildJob.class));
    }
}

package dev.smartdispatcher.operator.preflight;

import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the API server for the definitions, the rights and the admission policy that the operator needs. Changes nothing. */
public final class ClusterCheck implements Supplier<List<String>> {
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            BuildJob.class,
            BuildWorker.class,
            BuildEnvironment.class,
            WorkerCheck.class,
            DispatchPolicy.class,
            BuildProfile.class);

    private final KubernetesClient client;
    private final List<Right> rights;
    private final LatePodCheck latePods;

    /**
     * @param client should not retry by itself, so that what fails is known at once
     * @param namespace the operator's
     */
    public ClusterCheck(KubernetesClient client, List<Right> rights, String namespace) {
        this.client = client;
        this.rights = rights;
        this.latePods = new LatePodCheck(client, namespace);
    }

    /** What is missing, one line each for an administrator; empty: nothing is. */
    @Override
    public List<String> get() {
        try {
            var missing = rights.stream().filter(right -> !granted(right)).toList();
            // Without its rights the operator cannot try a pod.
            return Stream.concat(definitions(), missing.isEmpty() ? latePods.problem().stream() : rights(missing))
                    .toList();
        } catch (KubernetesClientException e) {
            return List.of("the API server " + client.getMasterUrl() + " cannot be asked: " + ApiFailure.reason(e));
        }
    }

    private Stream<String> definitions() {
        var found = client.getApiResources(ApiGroup.GROUP + "/" + ApiGroup.VERSION);
        Set<String> served = found == null
                ? Set.of()
                : found.getResources().stream().map(APIResource::getName).collect(Collectors.toSet());
        return KINDS.stream()
                .filter(kind -> !served.contains(HasMetadata.getPlural(kind)))
                .map(kind -> "missing CustomResourceDefinition " + HasMetadata.getFullResourceName(kind)
                        + " with version " + ApiGroup.VERSION + ": apply the chart's crds");
    }

    private Stream<String> rights(List<Right> missing) {
        var user = client.resource(new SelfSubjectReview())
                .create()
                .getStatus()
                .getUserInfo()
                .getUsername();
        return missing.stream().map(right -> "missing right: " + right + " for " + user);
    }

    private boolean granted(Right right) {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(right.verb())
                .withGroup(right.group())
                .withResource(right.mainResource())
                .withSubresource(right.subresource().orElse(null))
                .withNamespace(right.namespace().orElse(null))
                .withName(right.name().orElse(null))
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}

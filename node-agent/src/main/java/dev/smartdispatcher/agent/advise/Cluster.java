package dev.smartdispatcher.agent.advise;

import dev.smartdispatcher.agent.advisor.JobSize;
import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cluster of a kubeconfig. What it refuses is one line that says who refused what. */
public final class Cluster implements AutoCloseable {
    /** Owner of the fields that the advisor writes. */
    public static final String FIELD_MANAGER = "smart-dispatcher-advisor";

    private final KubernetesClient client;

    public Cluster(Config config) {
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** All workers. */
    public List<BuildWorker> workers() throws AdviseException {
        try {
            return client.resources(BuildWorker.class).list().getItems();
        } catch (KubernetesClientException e) {
            throw refused("the BuildWorkers cannot be read", e);
        }
    }

    /**
     * Writes limits and caches into the workers, and the defaults into the policy: all of it as a trial first, so that a refusal
     * comes before anything is written.
     *
     * @param force takes fields over that somebody else has set
     * @return what was written, as {@code buildworker/node-7}
     */
    public List<String> apply(Collection<Named> advice, JobSize job, boolean force) throws AdviseException {
        var unknown = advice.stream().map(Named::worker).collect(Collectors.toList());
        var known = workers().stream().map(w -> w.getMetadata().getName()).toList();
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new AdviseException(
                    "there is no BuildWorker " + String.join(", ", unknown) + " in the cluster; it has "
                            + (known.isEmpty() ? "none: is a node agent running?" : String.join(", ", known))
                            + ". --node-name names another.");
        }
        var objects = new ArrayList<GenericKubernetesResource>();
        advice.forEach(each -> objects.add(Written.worker(each)));
        objects.add(Written.policy(job));
        for (var object : objects) {
            apply(object, force, true);
        }
        var done = new ArrayList<String>();
        for (var object : objects) {
            apply(object, force, false);
            done.add(name(object));
        }
        return done;
    }

    private void apply(GenericKubernetesResource object, boolean force, boolean trial) throws AdviseException {
        var patch = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(force);
        if (trial) {
            patch.withDryRun(List.of("All"));
        }
        try {
            client.resource(object).patch(patch.build());
        } catch (KubernetesClientException e) {
            throw refused(name(object) + " cannot be written", e);
        }
    }

    private static String name(GenericKubernetesResource object) {
        return object.getKind().toLowerCase(Locale.ROOT) + "/"
                + object.getMetadata().getName();
    }

    private AdviseException refused(String what, KubernetesClientException e) {
        return new AdviseException(
                what + ": "
                        + switch (e.getCode()) {
                            case HttpURLConnection.HTTP_NOT_FOUND ->
                                "the cluster has no such kind: is Smart Dispatcher installed?";
                            case HttpURLConnection.HTTP_CONFLICT -> said(e) + ". --force takes these fields over.";
                            default -> said(e);
                        },
                e);
    }

    private String said(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        var cause = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .reduce((first, second) -> second)
                .orElse(e);
        return client.getMasterUrl() + " does not answer: "
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    @Override
    public void close() {
        client.close();
    }
}

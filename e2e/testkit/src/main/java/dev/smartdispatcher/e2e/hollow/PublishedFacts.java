package dev.smartdispatcher.e2e.hollow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Publishes facts of a worker as its agent does: by server-side apply of {@code status.agent}. */
public final class PublishedFacts {
    private static final String FIELD_MANAGER = "smart-dispatcher-node-agent";

    private PublishedFacts() {}

    /** Applies {@code agent}, as observed now, to a worker that exists. */
    public static void publish(KubernetesClient client, String worker, ObjectNode agent) {
        publish(client, worker, agent, Instant.now());
    }

    /** The same, as observed at this time. */
    static void publish(KubernetesClient client, String worker, ObjectNode agent, Instant observed) {
        var time = observed.truncatedTo(ChronoUnit.SECONDS).toString();
        var apply = JsonNodeFactory.instance.objectNode();
        apply.put("apiVersion", "smartdispatcher.dev/v1alpha1").put("kind", "BuildWorker");
        apply.putObject("metadata").put("name", worker);
        apply.putObject("status").set("agent", agent.deepCopy().put("observedTime", time));
        client.resources(BuildWorker.class)
                .withName(worker)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(FIELD_MANAGER)
                                .withForce(true)
                                .build(),
                        apply.toString());
    }
}

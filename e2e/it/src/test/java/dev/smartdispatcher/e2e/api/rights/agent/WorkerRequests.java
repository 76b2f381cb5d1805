package dev.smartdispatcher.e2e.api.rights.agent;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Requests about BuildWorkers, and what they are made with. */
final class WorkerRequests {
    static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("test")
            .withForce(true)
            .build();
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private WorkerRequests() {}

    static void patch(KubernetesClient client, String name, String patch) {
        client.resources(BuildWorker.class).withName(name).patch(MERGE, patch);
    }

    static void patchStatus(KubernetesClient client, String name, String patch) {
        patchStatus(client, name, MERGE, patch);
    }

    static void patchStatus(KubernetesClient client, String name, PatchContext how, String patch) {
        client.resources(BuildWorker.class).withName(name).subresource("status").patch(how, patch);
    }

    static void delete(KubernetesClient client, String name) {
        client.resources(BuildWorker.class).withName(name).delete();
    }

    static BuildWorker worker(String name) {
        var worker = new BuildWorker();
        worker.getMetadata().setName(name);
        return worker;
    }

    /** With {@code more} as further lines, which may be a metadata of its own. */
    static GenericKubernetesResource worker(String name, String more) {
        var metadata = more.startsWith("metadata") ? "" : "metadata: {name: " + name + "}\n";
        return Serialization.unmarshal(
                "apiVersion: smartdispatcher.dev/v1alpha1\nkind: BuildWorker\n" + metadata + more,
                GenericKubernetesResource.class);
    }

    static AgentFacts facts(String hostArch) {
        return Serialization.unmarshal(
                "hostArch: " + hostArch + "\nobservedTime: '2026-01-01T00:00:00Z'\n", AgentFacts.class);
    }
}

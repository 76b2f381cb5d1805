package dev.smartdispatcher.e2e.api.rights.agent;

import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.patchStatus;
import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.worker;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;

/**
 * What an agent tries.
 *
 * @param creates whether it needs the worker not to be there
 * @param complaint part of the message to be refused with
 */
record AgentRequest(String what, boolean creates, Consumer<KubernetesClient> act, String complaint) {
    /** The worker that is tried on, unless the request says another. */
    static final String WORKER = "policy-a";

    static AgentRequest of(String what, Consumer<KubernetesClient> act, String complaint) {
        return new AgentRequest(what, false, act, complaint);
    }

    static AgentRequest status(String patch, String complaint) {
        return of("patch " + patch, c -> patchStatus(c, WORKER, patch), complaint);
    }

    static AgentRequest creating(String more, String complaint) {
        return new AgentRequest(
                "create with " + more,
                true,
                c -> c.resource(worker(WORKER, more)).create(),
                complaint);
    }

    @Override
    public String toString() {
        return what;
    }
}

package dev.smartdispatcher.operator.controller.check;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import dev.smartdispatcher.operator.client.refusal.RefusalKind;
import dev.smartdispatcher.operator.workload.CreateBefore;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;

/** The requests to the API server that checks take. Each may be repeated. */
final class CheckPods {
    private static final int SERVER_ERRORS = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private final KubernetesClient client;
    private final ServerClock server;

    CheckPods(KubernetesClient client, ServerClock server) {
        this.client = client;
        this.server = server;
    }

    /**
     * Creates the pod of a run, or finds it created already.
     *
     * @return why it is refused, if it is
     * @throws KubernetesClientException if the API server cannot say
     */
    Optional<String> create(Pod pod) {
        try {
            client.resource(CreateBefore.marked(pod, CreateBefore.of(server.now())))
                    .create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return isThere(pod)
                        ? Optional.empty()
                        : Optional.of("a pod " + pod.getMetadata().getNamespace() + "/"
                                + pod.getMetadata().getName() + " is somebody else's");
            }
            if (ApiFailure.refusal(Verb.Create, "pods", e).kind() == RefusalKind.AskAgain) {
                throw e;
            }
            return Optional.of(ApiFailure.reason(e));
        }
    }

    /** A pod that has gone since says nothing against it. */
    private boolean isThere(Pod wanted) {
        var found = client.resource(wanted).get();
        return found == null
                || found.getMetadata().getLabels() != null
                        && wanted.getMetadata()
                                .getLabels()
                                .get(Labels.CHECK_UID)
                                .equals(found.getMetadata().getLabels().get(Labels.CHECK_UID));
    }

    /** Deletes a pod, unless it has changed since, or another one has its name by now: the next look shows that. */
    void delete(Pod pod) {
        try {
            client.resource(pod).lockResourceVersion().delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /** Takes the request for a check back from a worker, unless another one is there by now. */
    void answered(BuildWorker worker, String request) {
        var path = "/metadata/annotations/" + Annotations.CHECK.replace("/", "~1");
        try {
            // Of the object that is known: by the name alone the client would read it first, for which there is no
            // right.
            client.resource(worker)
                    .patch(
                            PatchContext.of(PatchType.JSON),
                            "[{\"op\":\"test\",\"path\":\"" + path + "\",\"value\":" + quoted(request)
                                    + "},{\"op\":\"remove\",\"path\":\"" + path + "\"}]");
        } catch (KubernetesClientException e) {
            // It has changed meanwhile, or the worker is gone: the next look shows what is asked for now.
            if (!ApiFailure.isAnswer(e)
                    || e.getCode() >= SERVER_ERRORS
                    || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    || e.getCode() == TOO_MANY_REQUESTS) {
                throw e;
            }
        }
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.chars()
                .forEach(c -> json.append(
                        c < ' ' || c == '"' || c == '\\' || c > '~' ? String.format("\\u%04x", c) : (char) c));
        return json.append('"').toString();
    }
}

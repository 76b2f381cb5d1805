package dev.smartdispatcher.agent.publish;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.BuildWorkerStatusBuilder;
import dev.smartdispatcher.api.worker.WriteTimes;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The writes on a real API server. Facts are applied server-side by the field manager {@value #FIELD_MANAGER}, so that the
 * agent owns {@code status.agent} and every other part of the status stays its owner's.
 */
public final class KubernetesWorkerApi implements WorkerApi {
    public static final String FIELD_MANAGER = "smart-dispatcher-node-agent";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private Optional<Instant> noted = Optional.empty();

    public KubernetesWorkerApi(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void create(String name) throws ApiException {
        BuildWorker worker = named(name);
        worker.setSpec(new BuildWorkerSpec(null, null, null));
        try {
            client.resource(worker).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw ApiException.kindMissing(e);
            }
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw failure("BuildWorker " + name + " cannot be created: ", e);
            }
        }
    }

    @Override
    public boolean apply(String name, AgentFacts facts) throws ApiException {
        BuildWorker worker = named(name);
        worker.setStatus(BuildWorkerStatusBuilder.builder().agent(facts).build());
        try {
            var applied = client.resource(worker).subresource("status").patch(APPLY);
            noted = Optional.ofNullable(applied).flatMap(WriteTimes::ofObservation);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw failure("Facts cannot be written to BuildWorker " + name + ": ", e);
        }
    }

    @Override
    public Optional<Instant> noted() {
        return noted;
    }

    private ApiException failure(String what, KubernetesClientException e) {
        String message = what + reason(e);
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? ApiException.forbidden(message, e)
                : new ApiException(message, e);
    }

    /** What the API server said, or else why it was not reached: the client's own message tells neither then. */
    private String reason(KubernetesClientException e) {
        if (e.getStatus() != null) {
            return Objects.requireNonNullElse(e.getStatus().getMessage(), e.getMessage());
        }
        String causes = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .filter(cause -> !(cause instanceof KubernetesClientException))
                .map(Throwable::toString)
                .collect(Collectors.joining(": "));
        return "no answer from " + client.getMasterUrl() + ": " + (causes.isEmpty() ? e.getMessage() : causes);
    }

    private static BuildWorker named(String name) {
        BuildWorker worker = new BuildWorker();
        worker.setMetadata(new ObjectMetaBuilder().withName(name).build());
        return worker;
    }
}

package dev.smartdispatcher.operator.reconcile;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a job's whole status by PUT with the resource version that the decision was based on, so that a decision on a
 * stale view never takes effect. (A PUT is also about a third cheaper for the API server than a patch.)
 */
public final class JobStatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JobStatusWriter.class);

    private final KubernetesClient client;

    public JobStatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Writes the status.
     *
     * @param seen the job as it was when the status was decided
     * @return the job as written; empty if it was changed or deleted meanwhile: look again, and decide anew
     * @throws KubernetesClientException if the API server refuses or cannot be reached
     */
    public Optional<BuildJob> write(BuildJob seen, BuildJobStatus status) {
        var job = new BuildJob();
        job.setMetadata(
                new ObjectMetaBuilder(seen.getMetadata()).withManagedFields().build());
        job.setSpec(seen.getSpec());
        job.setStatus(status);
        try {
            return Optional.of(client.resource(job).updateStatus());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.atDebug()
                        .addKeyValue(
                                LogKeys.JOB,
                                seen.getMetadata().getNamespace() + "/"
                                        + seen.getMetadata().getName())
                        .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                        .log("job changed meanwhile, status not written");
                return Optional.empty();
            }
            throw e;
        }
    }
}

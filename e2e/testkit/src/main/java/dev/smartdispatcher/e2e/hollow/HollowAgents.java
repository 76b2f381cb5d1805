package dev.smartdispatcher.e2e.hollow;

import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays the agents of all workers: what they have published is published again, as observed now. */
final class HollowAgents {
    /** As often as an agent does at least; after three minutes without, a worker gets no more builds. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(HollowAgents.class);

    private HollowAgents() {}

    static void beat(KubernetesClient client) {
        try {
            for (var worker : client.resources(BuildWorker.class).list().getItems()) {
                if (worker.getStatus() != null && worker.getStatus().agent() != null) {
                    PublishedFacts.publish(
                            client,
                            worker.getMetadata().getName(),
                            Serialization.jsonMapper()
                                    .valueToTree(worker.getStatus().agent()));
                }
            }
        } catch (KubernetesClientException e) {
            // A worker or its kind may be gone, or the API server away.
            LOG.debug("facts not published", e);
        }
    }
}

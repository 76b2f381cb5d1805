package dev.smartdispatcher.operator.controller.policy;

import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.ElapsedTime;
import dev.smartdispatcher.operator.controller.LogKeys;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the policy's PriorityClass is there. Used by the scheduling cycle only, hence by one thread of the leader. */
final class PriorityClasses {
    /** Who waits for it to be made does not wait for long; who deletes it finds pods refused. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PriorityClasses.class);

    private final KubernetesClient client;
    private String name = "";
    private Instant looked = Instant.MIN;
    private boolean missing;

    PriorityClasses(KubernetesClient client) {
        this.client = client;
    }

    /**
     * What is wrong with a name.
     *
     * @param wanted empty for the cluster's default
     */
    Optional<String> problem(String wanted, Instant now) {
        if (!wanted.equals(name) || !ElapsedTime.isLess(looked, LOOK_AGAIN, now)) {
            name = wanted;
            looked = now;
            missing = !wanted.isEmpty() && isMissing();
        }
        return missing
                ? Optional.of("spec.priorityClassName: there is no PriorityClass '" + name + "'")
                : Optional.empty();
    }

    /** Not if that cannot be found out: the API server says so to whoever creates a pod. */
    private boolean isMissing() {
        try {
            return client.scheduling().v1().priorityClasses().withName(name).get() == null;
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("PriorityClass {} not read: {}", name, ApiFailure.reason(e));
            return false;
        }
    }
}

package dev.smartdispatcher.operator.controller.policy;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.DaemonTimer;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the one DispatchPolicy where there is none: without it no event would lead to a scheduling cycle. One that was there and is gone
 * was deleted, which an Event reports: the farm then runs by the defaults, and what tenants used is forgotten.
 */
public final class PolicyKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyKeeper.class);
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final String DELETED =
            "the DispatchPolicy was deleted: the defaults apply, and the recorded usage of tenants is lost";

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final Wake<DispatchPolicy> dispatch;
    private final EventRecorder events;
    /** Of the one thread that looks, once it does. */
    private boolean seen;

    private final DaemonTimer timer = new DaemonTimer("policy-keeper");

    public PolicyKeeper(
            KubernetesClient client, ClusterView cluster, Wake<DispatchPolicy> dispatch, EventRecorder events) {
        this.client = client;
        this.cluster = cluster;
        this.dispatch = dispatch;
        this.events = events;
    }

    /** Looks now and then again and again: the policy may be deleted at any time, even before the first look. */
    public void start() {
        seen = cluster.policyInForce().exists();
        timer.each(Duration.ZERO, CHECK, this::keep);
    }

    private void keep() {
        if (cluster.policyInForce().exists()) {
            seen = true;
            return;
        }
        var policy = new DispatchPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(DispatchPolicy.NAME).build());
        policy.setSpec(DispatchPolicySpec.STANDARD);
        try {
            var created = client.resource(policy).create();
            LOG.info("created the DispatchPolicy with defaults");
            if (seen) {
                events.warning(created, Reason.PolicyDeleted, DELETED);
            }
            seen = true;
        } catch (KubernetesClientException e) {
            // Another replica was first, or the API server cannot be reached: the next look shows which.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.atWarn()
                        .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                        .log("DispatchPolicy not created: {}", ApiFailure.reason(e));
            }
        }
        dispatch.up(new ResourceID(DispatchPolicy.NAME));
    }

    @Override
    public void close() {
        timer.close();
    }
}

package dev.smartdispatcher.operator;

import dev.smartdispatcher.operator.reconcile.ApiFailure;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What being the leader means for the process. A replica that loses its lease halts at once: whatever it still had in
 * mind could contradict the new leader. The framework's own exit is off, since it ends in a deadlock when the operator is
 * stopped from a shutdown hook.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final Optional<OperatorOptions.Leader> leader;
    private volatile boolean stopping;

    Leadership(KubernetesClient client, Optional<OperatorOptions.Leader> leader) {
        this.client = client;
        this.leader = leader;
    }

    /** The election to take part in, if there is one. */
    Optional<LeaderElectionConfiguration> configuration() {
        return leader.map(l -> LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(l.lease())
                .withLeaseNamespace(l.namespace())
                .withIdentity(l.identity())
                .withLeaseDuration(l.leaseDuration())
                .withRenewDeadline(l.renewDeadline())
                .withRetryPeriod(l.retryPeriod())
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(() -> LOG.info("leading"), this::lost, identity -> LOG.atInfo()
                        .addKeyValue("leader", identity)
                        .log("new leader")))
                .build());
    }

    /** From now on the end of leadership is wanted. */
    void stopping() {
        stopping = true;
    }

    private void lost() {
        if (!stopping) {
            LOG.error("leadership lost, halting");
            Runtime.getRuntime().halt(1);
        }
    }

    /** Gives the lease back, if it is this process's: else a standby would wait for it to expire. */
    void release() {
        leader.ifPresent(l -> {
            try {
                var lease = client.leases().inNamespace(l.namespace()).withName(l.lease());
                var current = lease.get();
                if (current != null && l.identity().equals(current.getSpec().getHolderIdentity())) {
                    client.resource(new LeaseBuilder(current)
                                    .editSpec()
                                    .withHolderIdentity("")
                                    .withLeaseDurationSeconds(1)
                                    .endSpec()
                                    .build())
                            .update();
                }
            } catch (KubernetesClientException e) {
                LOG.warn("lease not released, it expires by itself: {}", ApiFailure.reason(e));
            }
        });
    }
}

package dev.smartdispatcher.operator.leader;

import dev.smartdispatcher.operator.client.LeaseFence;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.DaemonTimer;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What being the leader means for the process. A replica that loses its lease halts at once, with status 1: whatever it
 * still had in mind could contradict the new leader. The framework's own exit is off, since it ends in a deadlock when the
 * operator is stopped from a shutdown hook; and its elector notices a lost API server only when its retries have ended, so
 * the lease is watched here too.
 */
public final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration WATCH = Duration.ofMillis(500);
    /** The elector renews every few seconds, and only once more when it has been stopped. */
    private static final int RELEASES = 5;

    private final Optional<LeaderElection> leader;
    private final Optional<LeaseFence> fence;
    private final DaemonTimer watch = new DaemonTimer("lease-watch");
    private volatile boolean stopping;

    public Leadership(Optional<LeaderElection> leader) {
        this.leader = leader;
        this.fence = leader.map(
                l -> new LeaseFence(l.namespace(), l.renewDeadline(), System::nanoTime, Clock.systemUTC(), this::lost));
    }

    /** What has to be in front of every request of this process; empty if nobody else may lead. */
    public Optional<LeaseFence> fence() {
        return fence;
    }

    /** Namespace and name of the Lease; empty if nobody else may lead. */
    public Optional<String> lease() {
        return leader.map(l -> l.namespace() + "/" + l.lease());
    }

    /** Whether somebody else may lead. */
    public boolean isElected() {
        return leader.isPresent();
    }

    /**
     * The election to take part in, if there is one.
     *
     * @param work begins when it is won
     */
    public Optional<LeaderElectionConfiguration> configuration(Runnable work) {
        return leader.map(l -> LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(l.lease())
                .withLeaseNamespace(l.namespace())
                .withIdentity(l.identity())
                .withLeaseDuration(l.leaseDuration())
                .withRenewDeadline(l.renewDeadline())
                .withRetryPeriod(l.retryPeriod())
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(() -> won(work), this::lost, identity -> LOG.atInfo()
                        .addKeyValue("leader", identity)
                        .log("new leader")))
                .build());
    }

    private void won(Runnable work) {
        fence.ifPresent(f -> {
            f.open();
            watch.each(WATCH, WATCH, f::check);
        });
        LOG.info("leading");
        work.run();
    }

    private void lost() {
        if (!stopping) {
            LOG.error("leadership lost, halting");
            Runtime.getRuntime().halt(1);
        }
    }

    /** From now on the end of leadership is wanted. */
    public void stopping() {
        stopping = true;
    }

    /** Writes nothing more and gives the lease back, if it is this process's: else a standby would wait for it to expire. */
    public void release(KubernetesClient client) {
        watch.close();
        fence.ifPresent(LeaseFence::close);
        leader.ifPresent(l -> {
            try {
                int tries = 0;
                while (!released(client, l)) {
                    if (++tries == RELEASES) {
                        LOG.warn("lease not released, it expires by itself: it has changed each time");
                        return;
                    }
                }
            } catch (KubernetesClientException e) {
                LOG.warn("lease not released, it expires by itself: {}", ApiFailure.reason(e));
            }
        });
    }

    /** Whether the lease is not this process's any more; false if it changed meanwhile, as by the elector's last renewal. */
    private static boolean released(KubernetesClient client, LeaderElection election) {
        var lease = client.leases()
                .inNamespace(election.namespace())
                .withName(election.lease())
                .get();
        if (lease == null || !election.identity().equals(lease.getSpec().getHolderIdentity())) {
            return true;
        }
        try {
            client.resource(new LeaseBuilder(lease)
                            .editSpec()
                            .withHolderIdentity("")
                            .withLeaseDurationSeconds(1)
                            .endSpec()
                            .build())
                    .update();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}

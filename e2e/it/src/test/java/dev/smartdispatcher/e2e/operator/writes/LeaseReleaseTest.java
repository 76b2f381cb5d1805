package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.operator.leader.LeaderElection;
import dev.smartdispatcher.operator.leader.Leadership;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A leader that ends gives its lease back, so that nobody waits until it expires. */
class LeaseReleaseTest {
    private static final String NAMESPACE = "default";
    private static final String LEASE = "smart-dispatcher";
    private static final String OWN = "operator-1_a";

    private final EmbeddedCluster cluster = EmbeddedCluster.start();
    private final KubernetesClient client = cluster.client();
    private final Leadership leadership = new Leadership(Optional.of(new LeaderElection(
            NAMESPACE, LEASE, OWN, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2))));

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void itsOwnIsGivenBack() {
        held(OWN);
        leadership.release(client);
        assertThat(holder()).isEmpty();
    }

    /** The elector's last renewal may come between. */
    @Test
    void oneThatChangesMeanwhileIsGivenBackToo() {
        held(OWN);
        for (int i = 0; i < 2; i++) {
            cluster.faults().failNext(request -> request.is(Verb.UPDATE, "leases"), 409);
        }
        leadership.release(client);
        assertThat(holder()).isEmpty();
    }

    @Test
    void whatCannotBeGivenBackExpires() {
        held(OWN);
        cluster.faults().failWhile(request -> request.is(Verb.UPDATE, "leases"), 409);
        leadership.release(client);
        assertThat(holder()).isEqualTo(OWN);
    }

    @Test
    void anothersStays() {
        held("operator-2_b");
        leadership.release(client);
        assertThat(holder()).isEqualTo("operator-2_b");
    }

    private void held(String holder) {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(LEASE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(15)
                        .endSpec()
                        .build())
                .create();
    }

    private String holder() {
        return client.leases()
                .inNamespace(NAMESPACE)
                .withName(LEASE)
                .get()
                .getSpec()
                .getHolderIdentity();
    }
}

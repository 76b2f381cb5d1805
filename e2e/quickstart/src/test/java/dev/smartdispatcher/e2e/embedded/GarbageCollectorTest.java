package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static dev.smartdispatcher.e2e.embedded.Samples.ownedBy;
import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GarbageCollectorTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

    @Test
    void dependentsGoWithTheirOwner() {
        var owner = CLUSTER.client().resource(job("owner")).create();
        var map = CLUSTER.client()
                .resource(ownedBy(owner, configMap("dependent", Map.of())))
                .create();
        CLUSTER.client().resource(owner).delete();
        await().until(() -> CLUSTER.client().resource(map).get() == null);
    }

    @Test
    void aPodOfADeletedOwnerEndsGracefully() {
        var owner = CLUSTER.client().resource(job("graceful")).create();
        CLUSTER.client().resource(ownedBy(owner, podOn("n1", "graceful"))).create();
        CLUSTER.client().resource(owner).delete();
        await().until(() -> CLUSTER.client().pods().withName("graceful").get().isMarkedForDeletion());
    }

    @Test
    void anObjectWhoseOwnerNeverWasGoes() {
        var never = job("never");
        never.getMetadata().setUid("00000000-0000-0000-0000-000000000000");
        var map = CLUSTER.client()
                .resource(ownedBy(never, configMap("dangling", Map.of())))
                .create();
        await().until(() -> CLUSTER.client().resource(map).get() == null);
    }

    @Test
    void anObjectStaysWhileOneOfItsOwnersIsThere() {
        var one = CLUSTER.client().resource(job("one")).create();
        var two = CLUSTER.client().resource(job("two")).create();
        CLUSTER.client()
                .resource(ownedBy(one, ownedBy(two, configMap("two-owners", Map.of()))))
                .create();
        var alone = CLUSTER.client()
                .resource(ownedBy(one, configMap("alone", Map.of())))
                .create();
        CLUSTER.client().resource(one).delete();
        await().until(() -> CLUSTER.client().resource(alone).get() == null);
        assertThat(CLUSTER.client().configMaps().withName("two-owners").get()).isNotNull();
    }

    @Test
    void aDeletedNamespaceIsEmptiedFirst() {
        var namespace = CLUSTER.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("doomed")
                        .endMetadata()
                        .build())
                .create();
        var held = podOn("n1", "held");
        held.getMetadata().setNamespace("doomed");
        CLUSTER.client().resource(held).create();
        CLUSTER.client().resource(namespace).delete();
        await().until(() -> CLUSTER.client().resource(held).get().isMarkedForDeletion());
        assertThat(CLUSTER.client().resource(namespace).get().getStatus().getPhase())
                .isEqualTo("Terminating");
        var late = configMap("late", Map.of());
        late.getMetadata().setNamespace("doomed");
        assertRefused(403, () -> CLUSTER.client().resource(late).create());
        CLUSTER.client().resource(held).withGracePeriod(0).delete();
        await().until(() -> CLUSTER.client().resource(namespace).get() == null);
    }
}

package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.pod;
import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler().withClock(NOON));

    @Test
    void aPodThatMayRunIsMarkedAndStays() {
        CLUSTER.client().resource(podOn("n1", "marked")).create();
        CLUSTER.client().pods().withName("marked").delete();
        var marked = read("marked").getMetadata();
        assertThat(marked.getDeletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(marked.getDeletionTimestamp()).isEqualTo("2026-01-01T12:00:30Z");
    }

    @Test
    void theRequestsGraceCountsMoreThanThePods() {
        CLUSTER.client().resource(podOn("n1", "short")).create();
        CLUSTER.client().pods().withName("short").withGracePeriod(5).delete();
        assertThat(read("short").getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(5);
    }

    @Test
    void graceOnlyEverGetsShorter() {
        CLUSTER.client().resource(podOn("n1", "shorter")).create();
        CLUSTER.client().pods().withName("shorter").withGracePeriod(5).delete();
        CLUSTER.client().pods().withName("shorter").withGracePeriod(60).delete();
        assertThat(read("shorter").getMetadata().getDeletionGracePeriodSeconds())
                .isEqualTo(5);
    }

    @Test
    void graceZeroRemovesAPodAtOnce() {
        CLUSTER.client().resource(podOn("n1", "forced")).create();
        CLUSTER.client().pods().withName("forced").delete();
        CLUSTER.client().pods().withName("forced").withGracePeriod(0).delete();
        assertThat(read("forced")).isNull();
    }

    @Test
    void aPodWithoutANodeGoesAtOnce() {
        CLUSTER.client().resource(pod("unscheduled")).create();
        CLUSTER.client().pods().withName("unscheduled").delete();
        assertThat(read("unscheduled")).isNull();
    }

    @Test
    void aFinishedPodGoesAtOnce() {
        CLUSTER.client().resource(podOn("n1", "finished")).create();
        CLUSTER.client().pods().withName("finished").editStatus(pod -> {
            pod.getStatus().setPhase("Succeeded");
            return pod;
        });
        CLUSTER.client().pods().withName("finished").delete();
        assertThat(read("finished")).isNull();
    }

    @Test
    void anotherVersionThanTheExpectedIsNotDeleted() {
        var old = CLUSTER.client().resource(configMap("versioned", Map.of())).create();
        CLUSTER.client().configMaps().withName("versioned").edit(map -> {
            map.setData(Map.of("a", "1"));
            return map;
        });
        assertRefused(409, () -> CLUSTER.client()
                        .resource(old)
                        .lockResourceVersion(old.getMetadata().getResourceVersion())
                        .delete())
                .hasMessageContaining("Precondition failed: ResourceVersion in precondition");
    }

    @Test
    void anotherObjectThanTheExpectedIsNotDeleted() {
        CLUSTER.client().resource(configMap("uid", Map.of())).create();
        assertRefused(409, () -> CLUSTER.client()
                        .raw(
                                "/api/v1/namespaces/default/configmaps/uid",
                                "DELETE",
                                Map.of("preconditions", Map.of("uid", "other"))))
                .hasMessageContaining("Precondition failed: UID in precondition: other");
    }

    @Test
    void aFinalizerHoldsAnObjectUntilItIsRemoved() {
        var held = configMap("held", Map.of());
        held.getMetadata().getFinalizers().add("example.com/hold");
        CLUSTER.client().resource(held).create();
        CLUSTER.client().resource(held).delete();
        var maps = CLUSTER.client().configMaps();
        assertThat(maps.withName("held").get().isMarkedForDeletion()).isTrue();
        maps.withName("held").edit(map -> {
            map.getMetadata().getFinalizers().clear();
            return map;
        });
        assertThat(maps.withName("held").get()).isNull();
    }

    @Test
    void aCollectionIsDeletedByLabel() {
        for (var team : new String[] {"a", "b"}) {
            var map = configMap("collected-" + team, Map.of());
            map.getMetadata().setLabels(Map.of("team", team));
            CLUSTER.client().resource(map).create();
        }
        CLUSTER.client().configMaps().withLabel("team", "a").delete();
        assertThat(CLUSTER.client().configMaps().withLabel("team").list().getItems())
                .extracting(map -> map.getMetadata().getName())
                .containsExactly("collected-b");
    }

    private static Pod read(String name) {
        return CLUSTER.client().pods().withName(name).get();
    }
}

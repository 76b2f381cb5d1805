package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.embedded.request.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests steer and read, permission reviews, eviction, and many clients at once. */
class ControlTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

    @Test
    void theNextPickedRequestFailsWithoutEffect() {
        CLUSTER.cluster()
                .failNext(r -> r.is(Verb.CREATE, "configmaps") && r.name().equals("failing"), 500);
        assertRefused(500, () -> create("failing"));
        assertThat(read("failing")).isNull();
        create("failing");
    }

    @Test
    void anAnswerCanBeLostThoughTheWriteIsDone() {
        CLUSTER.cluster()
                .faults()
                .loseNextAnswer(r -> r.is(Verb.CREATE, "configmaps") && r.name().equals("lost"));
        assertRefused(504, () -> create("lost"));
        assertThat(read("lost")).isNotNull();
    }

    @Test
    void aClientCanBeCutOffForAWhile() {
        var heal = CLUSTER.cluster().faults().failWhile(r -> r.userAgent().equals("cut-off"), 503);
        try (var client = CLUSTER.cluster().newClient("cut-off")) {
            assertRefused(503, () -> client.configMaps().list());
            assertRefused(503, () -> client.configMaps().list());
            heal.run();
            client.configMaps().list();
        }
    }

    @Test
    void writesAreCountedByClient() {
        try (var client = CLUSTER.cluster().newClient("counted")) {
            client.resource(configMap("counted", Map.of())).create();
            assertRefused(
                    409, () -> client.resource(configMap("counted", Map.of())).create());
            client.configMaps().withName("counted").get();
            client.configMaps().withName("counted").delete();
        }
        assertThat(CLUSTER.cluster().writes().doneBy("counted"))
                .extracting(w -> w.verb() + " " + w.resource() + " " + w.name())
                .containsExactly("CREATE configmaps counted", "DELETE configmaps counted");
    }

    @Test
    void anEvictionIsHeldOffByABudgetWhosePodsAreAllNeeded() {
        var pod = podOn("n1", "held");
        pod.getMetadata().setLabels(Map.of("test", "eviction"));
        CLUSTER.client().resource(pod).create();
        CLUSTER.client()
                .resource(pod)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
        var budget = CLUSTER.client()
                .resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName("builds")
                        .endMetadata()
                        .withNewSpec()
                        .withNewMinAvailable(1)
                        .withNewSelector()
                        .addToMatchLabels("test", "eviction")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        assertThat(evict("held")).isFalse();
        assertThat(CLUSTER.client().pods().withName("held").get().isMarkedForDeletion())
                .isFalse();
        CLUSTER.client().resource(budget).delete();
        assertThat(evict("held")).isTrue();
        assertThat(CLUSTER.client().pods().withName("held").get().isMarkedForDeletion())
                .isTrue();
    }

    @Test
    void ofManyClientsThatReadAndReplaceNoneLosesAWrite() throws Exception {
        create("counter");
        var clients = 8;
        var each = 25;
        var threads = Executors.newFixedThreadPool(clients);
        try {
            var work = new ArrayList<Callable<Void>>();
            for (int i = 0; i < clients; i++) {
                work.add(() -> {
                    for (int n = 0; n < each; n++) {
                        increment();
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(read("counter").getData()).containsEntry("n", Integer.toString(clients * each));
    }

    private static void increment() {
        while (true) {
            var map = read("counter");
            int n = Integer.parseInt(map.getData() == null ? "0" : map.getData().getOrDefault("n", "0"));
            map.setData(Map.of("n", Integer.toString(n + 1)));
            try {
                CLUSTER.client().resource(map).update();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409) {
                    throw e;
                }
            }
        }
    }

    private static boolean evict(String pod) {
        try {
            return CLUSTER.client().pods().withName(pod).evict();
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).isEqualTo(429);
            return false;
        }
    }

    private static void create(String name) {
        CLUSTER.client().resource(configMap(name, Map.of())).create();
    }

    private static ConfigMap read(String name) {
        return CLUSTER.client().configMaps().withName(name).get();
    }
}

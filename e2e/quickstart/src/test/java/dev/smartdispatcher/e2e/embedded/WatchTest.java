package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static dev.smartdispatcher.e2e.embedded.Samples.pod;
import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static dev.smartdispatcher.e2e.embedded.Samples.statusWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("try") // A watch is closed at the end of its block, and not used in it.
class WatchTest {
    private static final int REMEMBERED = 50;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler().withRememberedEvents(REMEMBERED));

    @Test
    void everyKindOfWriteIsSeenInItsOrder() {
        var events = new Events<BuildJob>();
        try (var watch = CLUSTER.client()
                .resources(BuildJob.class)
                .inNamespace("default")
                .withName("every")
                .watch(events)) {
            var job = CLUSTER.client().resource(job("every")).create();
            job.setStatus(statusWith(Phase.Running));
            CLUSTER.client().resource(job).updateStatus();
            CLUSTER.client()
                    .resource(job("every"))
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"priority\":5}}");
            CLUSTER.client()
                    .resource(job("every", "  args: [applied]\n"))
                    .forceConflicts()
                    .serverSideApply();
            CLUSTER.client().resource(job("every")).delete();
            events.awaitExactly("ADDED every", "MODIFIED every", "MODIFIED every", "MODIFIED every", "DELETED every");
        }
    }

    @Test
    void aWriteThatChangesNothingIsNotSeen() {
        var events = new Events<HasMetadata>();
        var map =
                CLUSTER.client().resource(configMap("quiet", Map.of("a", "1"))).create();
        try (var watch = CLUSTER.client().configMaps().withName("quiet").watch(cast(events))) {
            CLUSTER.client().resource(map).update();
            CLUSTER.client().resource(map).delete();
            events.awaitExactly("ADDED quiet", "DELETED quiet");
        }
    }

    @Test
    void aWatchContinuesFromAVersionWithoutGapOrRepetition() {
        var before = CLUSTER.client().resource(configMap("continued", Map.of())).create();
        CLUSTER.client().configMaps().withName("continued").delete();
        var events = new Events<HasMetadata>();
        try (var watch = CLUSTER.client().configMaps().withName("continued").watch(from(before), cast(events))) {
            events.awaitExactly("DELETED continued");
        }
    }

    @Test
    void aVersionThatIsForgottenEndsTheWatchWithGone() {
        var first = CLUSTER.client().resource(configMap("forgotten", Map.of())).create();
        for (int i = 0; i <= REMEMBERED; i++) {
            CLUSTER.client()
                    .configMaps()
                    .withName("forgotten")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"i\":\"" + i + "\"}}");
        }
        var events = new Events<HasMetadata>();
        try (var watch = CLUSTER.client().configMaps().withName("forgotten").watch(from(first), cast(events))) {
            await().until(() -> events.end.get() != null && events.end.get().isHttpGone());
        }
    }

    @Test
    void comingIntoASelectorIsAnAdditionAndLeavingItADeletion() {
        CLUSTER.client().resource(pod("moving")).create();
        var events = new Events<HasMetadata>();
        try (var watch = CLUSTER.client()
                .pods()
                .inNamespace("default")
                .withField("status.phase", "Running")
                .watch(cast(events))) {
            phase("moving", "Running");
            phase("moving", "Succeeded");
            events.awaitExactly("ADDED moving", "DELETED moving");
        }
    }

    @Test
    void anInformerCatchesUpAfterItsWatchBroke() {
        try (var informer = CLUSTER.client()
                .pods()
                .inNamespace("default")
                .withField("spec.nodeName", "broken")
                .inform()) {
            CLUSTER.client().resource(podOn("broken", "one")).create();
            await().until(() -> informer.getStore().list().size() == 1);
            CLUSTER.cluster().dropWatches();
            CLUSTER.client().pods().withName("one").withGracePeriod(0).delete();
            CLUSTER.client().resource(podOn("broken", "two")).create();
            await().untilAsserted(() -> assertThat(informer.getStore().list())
                    .extracting(p -> p.getMetadata().getName())
                    .containsExactly("two"));
        }
    }

    private static void phase(String name, String phase) {
        CLUSTER.client()
                .resource(pod(name))
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"" + phase + "\"}}");
    }

    private static ListOptions from(HasMetadata object) {
        return new ListOptionsBuilder()
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build();
    }

    @SuppressWarnings("unchecked")
    private static <T> Watcher<T> cast(Events<? extends HasMetadata> events) {
        return (Watcher<T>) events;
    }

    private static final class Events<T extends HasMetadata> implements Watcher<T> {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final AtomicReference<WatcherException> end = new AtomicReference<>();

        @Override
        public void eventReceived(Action action, T object) {
            seen.add(action + " " + object.getMetadata().getName());
        }

        @Override
        public void onClose(WatcherException cause) {
            end.set(cause);
        }

        void awaitExactly(String... events) {
            await().untilAsserted(() -> assertThat(seen).containsExactly(events));
        }
    }
}

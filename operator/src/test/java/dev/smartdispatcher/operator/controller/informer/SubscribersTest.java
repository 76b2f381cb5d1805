package dev.smartdispatcher.operator.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.Changes.JobRef;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.worker.WorkerDepartures;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the caches show reaches whoever has to look at it again. */
class SubscribersTest {
    private final ClusterView cluster = new ClusterView();
    private final Informers informers = cluster.informers();

    private static BuildWorker worker(String deleted) {
        var worker = new BuildWorker();
        worker.setMetadata(new ObjectMetaBuilder()
                .withName("w")
                .withDeletionTimestamp(deleted)
                .build());
        return worker;
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("n")
                .withName("p")
                .addToLabels(Labels.JOB, "j")
                .addToLabels(Labels.JOB_UID, "uid")
                .endMetadata()
                .build();
    }

    @Test
    void aStoreReportsWhatItShowsAndWhatItForgetsOnce() {
        var seen = new ArrayList<String>();
        informers.workerSubscribers().add(new Subscriber<BuildWorker>() {
            @Override
            public void shown(BuildWorker worker) {
                seen.add("shown");
            }

            @Override
            public void gone(BuildWorker worker) {
                seen.add("gone");
            }
        });
        var store = informers.workerStore();
        var worker = worker(null);
        store.put(store.getKey(worker), worker);
        store.remove(store.getKey(worker));
        store.remove(store.getKey(worker));
        assertThat(seen).containsExactly("shown", "gone");
    }

    @Test
    void theSchedulingCycleLooksAtAWorkerThatIsDeletedOrGone() {
        try (var wake = new Wake<DispatchPolicy>("test", Duration.ZERO)) {
            informers.workerSubscribers().add(new WorkerDepartures(cluster.changes(), wake));
            cluster.changes().take();
            var store = informers.workerStore();
            store.put("w", worker(null));
            assertThat(cluster.changes().take().workers()).isEmpty();
            store.put("w", worker("2026-01-01T12:00:00Z"));
            assertThat(cluster.changes().take().workers()).containsExactly("w");
            store.remove("w");
            assertThat(cluster.changes().take().workers()).containsExactly("w");
        }
    }

    @Test
    void theSchedulingCycleLooksAtTheJobOfAPodThatIsGone() {
        cluster.changes().take();
        informers.podSubscribers().gone(pod());
        assertThat(cluster.changes().take().jobs()).isEqualTo(Set.of(new JobRef("n", "j", "uid")));
    }

    @Test
    void theSchedulingCycleLooksAtEverythingAfterAChangeOfANamespace() {
        cluster.changes().take();
        informers.namespaceSubscribers().shown(new Namespace());
        assertThat(cluster.changes().take().everything()).isTrue();
    }

    @Test
    void subscribersAreCalledInTheirOrder() {
        var calls = new ArrayList<Integer>();
        var subscribers = new Subscribers<String>();
        List.of(1, 2, 3).forEach(i -> subscribers.add(Subscriber.onChange(object -> calls.add(i))));
        subscribers.shown("object");
        assertThat(calls).containsExactly(1, 2, 3);
    }
}

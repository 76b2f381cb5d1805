package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Journal;
import dev.smartdispatcher.e2e.chaos.kubelet.Kubelets;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.Random;

/** What happens to pods whose builds run. */
final class PodFaults {
    private final KubernetesClient admin;
    private final Kubelets kubelets;
    private final Journal journal;

    PodFaults(KubernetesClient admin, Kubelets kubelets, Journal journal) {
        this.admin = admin;
        this.kubelets = kubelets;
        this.journal = journal;
    }

    void delete(Random random) {
        any(random).ifPresent(pod -> {
            journal.write(Act.Kind.DeletePod, pod.getMetadata().getUid());
            Quietly.once(() -> admin.resource(pod).delete());
        });
    }

    void forceDelete(Random random) {
        any(random).ifPresent(pod -> {
            journal.write(Act.Kind.ForceDeletePod, pod.getMetadata().getUid());
            Quietly.once(() -> admin.resource(pod).withGracePeriod(0).delete());
        });
    }

    /** As {@code kubectl drain} does, which has to be refused. */
    void evict(Random random) {
        any(random).ifPresent(pod -> {
            journal.write(Act.Kind.Disturb, pod.getMetadata().getName(), "evict");
            Quietly.once(() -> admin.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .evict());
        });
    }

    private Optional<Pod> any(Random random) {
        var running = kubelets.running();
        return running.isEmpty() ? Optional.empty() : Optional.of(running.get(random.nextInt(running.size())));
    }
}

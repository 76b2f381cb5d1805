package dev.smartdispatcher.e2e.api.leader;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.pods.Amounts;
import dev.smartdispatcher.e2e.pods.PodPhase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Watches all jobs and pods from the beginning and afterwards replays what it saw in the order in which the API server wrote
 * it, whoever wrote it: at no moment may a worker be given more than it has, or a job have two pods that may both run.
 *
 * <p>Resource versions of all kinds come from one counter of etcd, so that they order writes of both. While the API server is
 * away the watches see nothing; what it holds afterwards is seen.
 */
final class Oracle implements AutoCloseable {
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final SharedIndexInformer<BuildJob> jobs;
    private final SharedIndexInformer<Pod> pods;

    /** An object as it was written; {@code gone}: it was deleted with that write. */
    private record Seen(long version, HasMetadata object, boolean gone) {}

    Oracle(KubernetesClient client) {
        jobs = client.resources(BuildJob.class).inAnyNamespace().inform(recorder());
        pods = client.pods()
                .inAnyNamespace()
                .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                .inform(recorder());
    }

    private <T extends HasMetadata> ResourceEventHandler<T> recorder() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                record(object, false);
            }

            @Override
            public void onUpdate(T before, T object) {
                record(object, false);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                record(object, true);
            }
        };
    }

    private void record(HasMetadata object, boolean gone) {
        seen.add(new Seen(Long.parseLong(object.getMetadata().getResourceVersion()), object, gone));
    }

    /** Everything that was ever wrong, as sentences; workers have this budget each. */
    List<String> violations(Amounts budget) {
        var wrong = new ArrayList<String>();
        var board = new Board();
        seen.stream().sorted(Comparator.comparingLong(Seen::version)).forEach(event -> {
            if (event.object instanceof Pod pod) {
                board.pod(pod, event.gone || PodPhase.isFinished(pod));
            } else {
                board.job((BuildJob) event.object, event.gone);
            }
            board.violations(budget).forEach(text -> wrong.add("at version " + event.version + ": " + text));
        });
        return wrong;
    }

    /** What was seen, to know that there was something to judge. */
    Collection<String> podsSeen() {
        return seen.stream()
                .filter(event -> event.object instanceof Pod)
                .map(event -> event.object.getMetadata().getName())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        jobs.stop();
        pods.stop();
    }
}

package dev.smartdispatcher.e2e.oracle;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.pods.Amounts;
import dev.smartdispatcher.e2e.pods.PodPhase;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Watches all jobs and pods from the beginning and afterwards replays what it saw in the order in which the API server wrote
 * it, whoever wrote it: at no moment may a worker be given more than it has, or a job have two pods that may both run.
 *
 * <p>Resource versions of all kinds come from one counter of etcd, so that they order writes of both. When the API server was
 * away, the watches miss what is written before they are back, and an end may be seen later than it was: so what looks wrong
 * is looked up in what the API server held at that version.
 */
public final class Oracle implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final KubernetesClient client;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final SharedIndexInformer<BuildJob> jobs;
    private final SharedIndexInformer<Pod> pods;

    /** An object as it was written; {@code gone}: it was deleted with that write. */
    private record Seen(long version, HasMetadata object, boolean gone) {}

    /** Watches from now on. */
    public Oracle(KubernetesClient client) {
        this.client = client;
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

    /** Everything that was ever wrong, as sentences; workers have this budget each. To be asked when nothing changes any more. */
    public List<String> violations(Amounts budget) {
        await("the watches have seen it all")
                .atMost(PATIENCE)
                .until(() -> isUpToDate(
                                jobs,
                                client.resources(BuildJob.class)
                                        .inAnyNamespace()
                                        .list()
                                        .getItems())
                        && isUpToDate(
                                pods,
                                client.pods()
                                        .inAnyNamespace()
                                        .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                                        .list()
                                        .getItems()));
        var wrong = new ArrayList<String>();
        var board = new Board();
        seen.stream().sorted(Comparator.comparingLong(Seen::version)).forEach(event -> {
            if (event.object instanceof Pod pod) {
                board.pod(pod, event.gone || isOver(pod));
            } else {
                board.job((BuildJob) event.object, event.gone);
            }
            if (!board.violations(budget).isEmpty()) {
                boardAt(event.version)
                        .violations(budget)
                        .forEach(text -> wrong.add("at version " + event.version + ": " + text));
            }
        });
        return wrong;
    }

    /** By lists at exactly this version, which the API server has for some minutes. */
    private Board boardAt(long version) {
        var then = new ListOptionsBuilder()
                .withResourceVersion(Long.toString(version))
                .withResourceVersionMatch("Exact")
                .build();
        var board = new Board();
        client.resources(BuildJob.class).inAnyNamespace().list(then).getItems().forEach(job -> board.job(job, false));
        client.pods()
                .inAnyNamespace()
                .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                .list(then)
                .getItems()
                .forEach(pod -> board.pod(pod, isOver(pod)));
        return board;
    }

    /** Where a kubelet tells of containers they decide: it writes the phase a second later, and others may write one, too. */
    private static boolean isOver(Pod pod) {
        var containers = pod.getStatus() == null
                ? List.<ContainerStatus>of()
                : pod.getStatus().getContainerStatuses();
        return containers.isEmpty()
                ? PodPhase.isFinished(pod)
                : containers.stream().allMatch(container -> container.getState().getTerminated() != null);
    }

    /** A watch that broke may still be waiting to be taken up. */
    private static <T extends HasMetadata> boolean isUpToDate(SharedIndexInformer<T> informer, List<T> there) {
        return versions(informer.getStore().list()).equals(versions(there));
    }

    private static Set<String> versions(List<? extends HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getMetadata().getUid() + "@"
                        + object.getMetadata().getResourceVersion())
                .collect(Collectors.toSet());
    }

    /** What was seen, to know that there was something to judge. */
    public Collection<String> podsSeen() {
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

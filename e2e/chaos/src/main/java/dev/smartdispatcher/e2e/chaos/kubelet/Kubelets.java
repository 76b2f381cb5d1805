package dev.smartdispatcher.e2e.chaos.kubelet;

import dev.smartdispatcher.e2e.chaos.history.Journal;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kubelets of all machines, each with its containers. They look at their pods ten times a second; what cannot be written is
 * written later. To be closed; the client is the caller's.
 */
public final class Kubelets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kubelets.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int WRITERS = 6;
    /** A kubelet writes the phase this long after the container's end, or a little later. */
    private static final Duration PHASE_FOLLOWS = Duration.ofMillis(700);

    private final Journal journal;
    private final PodWrites writes;
    private final Map<String, Machine> machines = new HashMap<>();
    private final Set<String> beingWritten = ConcurrentHashMap.newKeySet();
    /** UIDs of pods whose containers this has ended for good: the informer may show them a while. */
    private final Set<String> removed = ConcurrentHashMap.newKeySet();

    private final SharedIndexInformer<Pod> pods;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS, new DaemonThreads("kubelet-writer"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("kubelets"));

    public Kubelets(KubernetesClient client, Journal journal, List<String> nodes) {
        this.journal = journal;
        this.writes = new PodWrites(client);
        nodes.forEach(node -> machines.put(node, new Machine()));
        pods = client.pods().inAnyNamespace().withLabel(Labels.JOB_UID).inform();
        timer.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Its kubelet hears and says nothing, and its containers run on. */
    public synchronized void silence(String node, boolean silent) {
        machines.get(node).silent(silent);
    }

    /** All that runs on it dies. */
    public synchronized void powerOff(String node) {
        machines.get(node).powerOff(Instant.now());
    }

    public synchronized void powerOn(String node) {
        machines.get(node).powerOn();
    }

    /** All are as they should be again. */
    public synchronized void repair() {
        machines.values().forEach(machine -> {
            machine.silent(false);
            machine.powerOn();
        });
    }

    /** Pods whose builds run by now. */
    public synchronized List<Pod> running() {
        return machines.values().stream()
                .flatMap(machine -> machine.all().stream())
                .filter(Container::isRunning)
                .map(Container::pod)
                .toList();
    }

    private synchronized void look() {
        try {
            var now = Instant.now();
            var there = pods.getStore().list().stream()
                    .filter(pod -> pod.getSpec().getNodeName() != null)
                    .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod));
            machines.values().forEach(machine -> machine.all().forEach(container -> container.tick(now)));
            there.values().forEach(pod -> {
                var machine = machines.get(pod.getSpec().getNodeName());
                if (machine != null && !machine.isSilent()) {
                    look(machine, pod, now);
                }
            });
            machines.values().stream()
                    .filter(machine -> !machine.isSilent())
                    .forEach(machine -> collect(machine, there, now));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("kubelets failed");
        }
    }

    private void look(Machine machine, Pod pod, Instant now) {
        var uid = pod.getMetadata().getUid();
        var container = machine.containers().get(uid);
        if (beingWritten.contains(uid) || removed.contains(uid)) {
            return;
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            if (container != null) {
                container.kill(ContainerEnd.STOPPED, now);
            }
            remove(pod, container);
        } else if (container == null && !isFinished(pod)) {
            machine.containers().put(uid, new Container(pod, journal, now));
        } else if (container != null) {
            container.deadline(pod, now);
            report(container, now);
        }
    }

    private void report(Container container, Instant now) {
        switch (container.told()) {
            case NOTHING -> tell(container, container.isRunning() ? Container.Step.RUNNING : Container.Step.ENDED, now);
            case RUNNING -> {
                if (!container.isRunning()) {
                    tell(container, Container.Step.ENDED, now);
                }
            }
            case ENDED -> {
                if (!now.isBefore(container.ended().plus(PHASE_FOLLOWS))) {
                    tell(container, Container.Step.FINISHED, now);
                }
            }
            case FINISHED -> {}
        }
    }

    private void tell(Container container, Container.Step step, Instant now) {
        write(container.pod(), pod -> {
            if (step == Container.Step.RUNNING) {
                writes.running(container);
            } else {
                writes.ended(container, step == Container.Step.FINISHED);
            }
            told(container, step);
        });
    }

    private synchronized void told(Container container, Container.Step step) {
        container.told(step);
    }

    private void remove(Pod pod, Container container) {
        write(pod, p -> {
            if (container != null && container.told().compareTo(Container.Step.ENDED) < 0) {
                writes.ended(container, true);
                told(container, Container.Step.FINISHED);
            }
            writes.remove(p);
            removed.add(p.getMetadata().getUid());
        });
    }

    /** Ends what has no pod any more, as it was deleted by force. */
    private void collect(Machine machine, Map<String, Pod> there, Instant now) {
        machine.containers().entrySet().removeIf(entry -> {
            if (there.containsKey(entry.getKey()) || beingWritten.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().kill(ContainerEnd.STOPPED, now);
            return true;
        });
    }

    private static boolean isFinished(Pod pod) {
        return pod.getStatus() != null
                && ("Failed".equals(pod.getStatus().getPhase())
                        || "Succeeded".equals(pod.getStatus().getPhase()));
    }

    private void write(Pod pod, Consumer<Pod> write) {
        var uid = pod.getMetadata().getUid();
        if (!beingWritten.add(uid)) {
            return;
        }
        writers.execute(() -> {
            try {
                write.accept(pod);
            } catch (KubernetesClientException e) {
                // It is gone, or the API server is: looked at again.
                LOG.atDebug().setCause(e).log("not written");
            } finally {
                beingWritten.remove(uid);
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pods.stop();
        writers.shutdownNow();
    }
}

package dev.smartdispatcher.e2e.localnode;

import dev.smartdispatcher.e2e.pods.NodeSpec;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the pods that are bound to its Nodes, each as a process of this machine: with the pod's environment and files, a
 * directory of its own, a claim as a directory that outlives pods, the log to a file, true exit codes. There is no isolation
 * whatever. A deleted pod goes when its last process is gone. To be closed, which ends all it started.
 */
public final class LocalNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
    private static final Duration CLOSING_GRACE = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final PodFiles files;
    private final Set<String> nodes;
    private final PodReports reports;
    private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
    private final Set<String> stopping = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("local-node"));
    private final SharedIndexInformer<Pod> pods;

    private LocalNode(KubernetesClient client, Path root, List<NodeSpec> specs) {
        this.client = client;
        files = new PodFiles(root);
        nodes = specs.stream().map(NodeSpec::name).collect(Collectors.toSet());
        reports = new PodReports(client);
        specs.forEach(spec -> spec.register(client));
        pods = client.pods().inAnyNamespace().inform(handler());
    }

    /**
     * Starts with Nodes of these specs, which are created.
     *
     * @param root directory for all files; claims in it outlive the node
     */
    public static LocalNode start(KubernetesClient client, Path root, List<NodeSpec> specs) {
        return new LocalNode(client, root, specs);
    }

    /** The directory of a claim, made if it is not there. */
    public Path claim(String namespace, String name) {
        try {
            return files.claim(namespace, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a pod has written; empty text if it has not, or is not known. */
    public String log(String namespace, String pod) {
        try {
            var file = files.log(namespace, pod);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ResourceEventHandler<Pod> handler() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                look(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                look(pod);
                if (!Objects.equals(
                        before.getMetadata().getAnnotations(), pod.getMetadata().getAnnotations())) {
                    Optional.ofNullable(runs.get(uid(pod))).ifPresent(run -> tell(pod, run));
                }
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                // Forced: the object is gone, and the process goes as soon as a kubelet would have noticed.
                Optional.ofNullable(runs.remove(uid(pod))).ifPresent(run -> forget(pod, run));
            }
        };
    }

    private void look(Pod pod) {
        var mine = pod.getSpec().getNodeName() != null
                && nodes.contains(pod.getSpec().getNodeName());
        if (!mine) {
            return;
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            var grace = Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds())
                    .orElse(0L);
            var run = runs.get(uid(pod));
            if (run == null) {
                threads.execute(() -> gone(pod));
            } else {
                stop(pod, run, Duration.ofSeconds(grace));
            }
        } else if (pod.getStatus() == null || "Pending".equals(pod.getStatus().getPhase())) {
            runs.computeIfAbsent(uid(pod), uid -> begin(pod));
        }
    }

    private PodRun begin(Pod pod) {
        var run = new PodRun(pod, files, new VolumeFiles(client, files), new PodVariables(client), reports);
        threads.execute(() -> {
            try {
                run.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                LOG.atError()
                        .addKeyValue("pod", pod.getMetadata().getName())
                        .setCause(e)
                        .log("pod not run");
            }
        });
        return run;
    }

    private static void tell(Pod pod, PodRun run) {
        try {
            run.changed(pod);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .setCause(e)
                    .log("pod not told of its annotations");
        }
    }

    private void stop(Pod pod, PodRun run, Duration grace) {
        if (!stopping.add(uid(pod))) {
            return;
        }
        threads.execute(() -> {
            try {
                run.stop(grace);
                gone(pod);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends what is left of a pod whose object is gone, and removes its files. */
    private void forget(Pod pod, PodRun run) {
        threads.execute(() -> {
            try {
                run.stop(Duration.ZERO);
                files.remove(pod);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("pod", pod.getMetadata().getName())
                        .setCause(e)
                        .log("pod's files not removed");
            } finally {
                stopping.remove(uid(pod));
            }
        });
    }

    private void gone(Pod pod) {
        try {
            reports.gone(pod);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                // Forced away, and its name taken anew.
                return;
            }
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .setCause(e)
                    .log("pod not removed");
        }
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    @Override
    public void close() {
        pods.stop();
        for (var run : runs.values()) {
            try {
                run.stop(CLOSING_GRACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.shutdownNow();
    }
}

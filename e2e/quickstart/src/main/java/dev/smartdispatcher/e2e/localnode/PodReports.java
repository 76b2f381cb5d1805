package dev.smartdispatcher.e2e.localnode;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what becomes of a pod into its status, in the order in which a kubelet does: the container first, then the phase. */
final class PodReports {
    private static final Logger LOG = LoggerFactory.getLogger(PodReports.class);

    private static final int MOST_ATTEMPTS = 10;

    private final KubernetesClient client;

    PodReports(KubernetesClient client) {
        this.client = client;
    }

    void waiting(Pod pod, String reason, String message) {
        container(pod, "Pending", state -> state.withNewWaiting(message, reason));
    }

    void running(Pod pod, Instant start) {
        container(pod, "Running", state -> state.withNewRunning(text(start)));
    }

    /** An init container runs. */
    void preparing(Pod pod, Container init, Instant start) {
        init(pod, init, state -> state.withNewRunning(text(start)));
    }

    /** An init container ended; if it failed, the phase follows in a write of its own. */
    void prepared(Pod pod, Container init, Instant start, int exitCode, String message) {
        init(pod, init, state -> state.withNewTerminated()
                .withExitCode(exitCode)
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withMessage(message)
                .withStartedAt(text(start))
                .withFinishedAt(text(Instant.now()))
                .endTerminated());
        if (exitCode != 0) {
            update(pod, p -> p.getStatus().setPhase("Failed"));
        }
    }

    private void init(Pod pod, Container init, Consumer<ContainerStateBuilder> change) {
        var state = new ContainerStateBuilder();
        change.accept(state);
        var made = state.build();
        update(pod, p -> {
            var others = Optional.ofNullable(p.getStatus().getInitContainerStatuses()).orElse(List.of()).stream()
                    .filter(status -> !status.getName().equals(init.getName()));
            var status = new ContainerStatusBuilder()
                    .withName(init.getName())
                    .withImage(init.getImage())
                    .withState(made)
                    .withReady(
                            made.getTerminated() != null && made.getTerminated().getExitCode() == 0)
                    .withStarted(made.getRunning() != null)
                    .build();
            p.getStatus()
                    .setInitContainerStatuses(
                            Stream.concat(others, Stream.of(status)).toList());
            p.getStatus().setPhase("Pending");
            if (p.getStatus().getStartTime() == null) {
                p.getStatus().setStartTime(text(Instant.now()));
            }
        });
    }

    /** The container ended; the phase follows in a write of its own. */
    void terminated(Pod pod, Instant start, int exitCode, String reason, String message) {
        container(pod, null, state -> state.withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .withStartedAt(text(start))
                .withFinishedAt(text(Instant.now()))
                .endTerminated());
        update(pod, p -> p.getStatus().setPhase(exitCode == 0 ? "Succeeded" : "Failed"));
    }

    void deadlineExceeded(Pod pod) {
        update(pod, p -> {
            p.getStatus().setReason("DeadlineExceeded");
            p.getStatus().setMessage("Pod was active on the node longer than the specified deadline");
        });
    }

    /** The pod is no more: nothing of it runs. Another pod that has its name by now stays. */
    void gone(Pod pod) {
        var meta = pod.getMetadata();
        client.raw(
                "/api/v1/namespaces/" + meta.getNamespace() + "/pods/" + meta.getName(),
                "DELETE",
                new DeleteOptionsBuilder()
                        .withGracePeriodSeconds(0L)
                        .withNewPreconditions(null, meta.getUid())
                        .build());
    }

    private void container(Pod pod, String phase, Consumer<ContainerStateBuilder> change) {
        var state = new ContainerStateBuilder();
        change.accept(state);
        ContainerState made = state.build();
        update(pod, p -> {
            var container = p.getSpec().getContainers().get(0);
            p.getStatus()
                    .setContainerStatuses(List.of(new ContainerStatusBuilder()
                            .withName(container.getName())
                            .withImage(container.getImage())
                            .withState(made)
                            .withReady(made.getRunning() != null)
                            .withStarted(made.getRunning() != null)
                            .withResources(container.getResources())
                            .build()));
            if (phase != null) {
                p.getStatus().setPhase(phase);
            }
            if (p.getStatus().getStartTime() == null) {
                p.getStatus().setStartTime(text(Instant.now()));
            }
        });
    }

    private void update(Pod pod, Consumer<Pod> change) {
        for (int attempt = 1; !written(pod, change, attempt); attempt++) {
            LOG.atDebug().addKeyValue("pod", pod.getMetadata().getName()).log("status overtaken, writing it again");
        }
    }

    /** Whether it is written, or never will be; a pod that was changed meanwhile is looked at again. */
    private boolean written(Pod pod, Consumer<Pod> change, int attempt) {
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .editStatus(p -> {
                        // Another pod may have the name by now: it is not this one's to report.
                        if (p.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                            change.accept(p);
                        }
                        return p;
                    });
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT && attempt < MOST_ATTEMPTS) {
                return false;
            }
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return true;
            }
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .setCause(e)
                    .log("status not written");
            return true;
        }
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

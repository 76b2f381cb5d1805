package dev.smartdispatcher.e2e.localnode;

import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Pods of one line of shell on the node {@code n1}, and what became of them. */
record ShellPods(KubernetesClient client, LocalNode node) {
    void run(String name, String script) {
        run(name, script, pod -> pod);
    }

    void run(String name, String script, UnaryOperator<Pod> more) {
        var pod = new PodBuilder(podOn("n1", name))
                .editSpec()
                .editFirstContainer()
                .withCommand("/bin/sh", "-c")
                .withArgs(script)
                .endContainer()
                .endSpec()
                .build();
        client.resource(more.apply(pod)).create();
    }

    static Pod mounting(Pod pod, String map) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("map")
                .withNewConfigMap()
                .withName(map)
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("LATE")
                .withValue("/map")
                .endEnv()
                .addNewVolumeMount()
                .withName("map")
                .withMountPath("/map")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    /** With an annotation as a file, whose path is in the variable FILE. */
    static Pod annotated(Pod pod, String annotation, String value) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName("pod")
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("value")
                .withNewFieldRef("v1", "metadata.annotations['" + annotation + "']")
                .endItem()
                .endDownwardAPI()
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("FILE")
                .withValue("/pod/value")
                .endEnv()
                .addNewVolumeMount()
                .withName("pod")
                .withMountPath("/pod")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    static Pod claiming(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("claim")
                .withNewPersistentVolumeClaim("artifacts", false)
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("CLAIM")
                .withValue("/claim/results")
                .endEnv()
                .addNewVolumeMount()
                .withName("claim")
                .withMountPath("/claim")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    Pod read(String name) {
        return client.pods().withName(name).get();
    }

    ContainerStateTerminated ended(String name) {
        return await().until(
                        () -> read(name).getStatus().getContainerStatuses().stream()
                                .map(status -> status.getState().getTerminated())
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null),
                        terminated -> terminated != null);
    }

    String phase(String name) {
        return await().until(() -> read(name).getStatus().getPhase(), phase -> phase.matches("Succeeded|Failed"));
    }

    long pidIn(String pod, String before) {
        var log = await().until(() -> node.log("default", pod), text -> text.contains(before) && text.endsWith("\n"));
        var line = log.lines().filter(l -> l.startsWith(before)).findFirst().orElseThrow();
        return Long.parseLong(line.substring(before.length()).trim());
    }

    /** Whether it still runs; what nobody has waited for yet does not. */
    static boolean isAlive(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}

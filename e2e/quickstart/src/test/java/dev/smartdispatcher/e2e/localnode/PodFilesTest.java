package dev.smartdispatcher.e2e.localnode;

import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pod on the local node finds in its variables and files. */
class PodFilesTest {
    @RegisterExtension
    static final LocalNodeExtension NODE = new LocalNodeExtension();

    private final ShellPods pods = NODE.pods();

    @Test
    void anAnnotationIsAFileThatFollowsIt() {
        pods.run(
                "annotated",
                "while :; do read -r v <$FILE || [ -n \"$v\" ]; case $v in 60) exit 7;; 3600) ;; *) exit 8;; esac;"
                        + " sleep 0.05; done",
                pod -> ShellPods.annotated(pod, "example.com/seconds", "3600"));
        await().until(() -> "Running".equals(pods.read("annotated").getStatus().getPhase()));
        NODE.client()
                .pods()
                .withName("annotated")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"example.com/seconds\":\"60\"}}}");
        assertThat(pods.ended("annotated").getExitCode()).isEqualTo(7);
    }

    @Test
    void variablesComeFromThePodAndItsObjects() {
        NODE.client()
                .resource(configMap("variables", Map.of("key", "from-map")))
                .create();
        pods.run("variables", "echo $LITERAL $MAP $NAME.$NAMESPACE $CPU $FROM_key", pod -> new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("LITERAL")
                .withValue("literal")
                .endEnv()
                .addNewEnv()
                .withName("MAP")
                .withNewValueFrom()
                .withNewConfigMapKeyRef("key", "variables", false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("NAME")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("NAMESPACE")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.namespace")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("CPU")
                .withNewValueFrom()
                .withNewResourceFieldRef()
                .withResource("requests.cpu")
                .endResourceFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnvFrom()
                .withPrefix("FROM_")
                .withNewConfigMapRef("variables", false)
                .endEnvFrom()
                .withNewResources()
                .addToRequests("cpu", new Quantity("3"))
                .endResources()
                .endContainer()
                .endSpec()
                .build());
        pods.ended("variables");
        assertThat(NODE.log("variables")).contains("literal from-map variables.default 3 from-map");
    }

    @Test
    void homeAndTemporaryDirectoryAreThePodsOwn() {
        pods.run("home", "test -d ${HOME:?} && test -d ${TMPDIR:?} && echo $HOME $TMPDIR");
        assertThat(pods.ended("home").getExitCode()).isZero();
        assertThat(NODE.log("home")).contains(NODE.root().toString());
    }

    @Test
    void filesOfAConfigMapAreAsItSays() {
        NODE.client()
                .resource(configMap("scripts", Map.of("run.sh", "#!/bin/sh\necho ran\n")))
                .create();
        pods.run("files", "/entry/run.sh && cat /entry/run.sh", pod -> new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("entry")
                .withNewConfigMap()
                .withName("scripts")
                .withDefaultMode(0755)
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .withCommand("/entry/run.sh")
                .withArgs()
                .addNewVolumeMount()
                .withName("entry")
                .withMountPath("/entry")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build());
        assertThat(pods.ended("files").getExitCode()).isZero();
        assertThat(NODE.log("files")).contains("ran");
    }

    @Test
    void aPodWaitsForTheObjectsOfItsVolumes() {
        pods.run("waiting", "cat $LATE/a", pod -> ShellPods.mounting(pod, "late"));
        await().untilAsserted(() -> assertThat(pods.read("waiting").getStatus().getContainerStatuses())
                .singleElement()
                .satisfies(container -> {
                    var waiting = container.getState().getWaiting();
                    assertThat(waiting.getReason()).isEqualTo("ContainerCreating");
                    assertThat(waiting.getMessage()).contains("configmap \"late\" not found");
                }));
        NODE.client().resource(configMap("late", Map.of("a", "here"))).create();
        assertThat(pods.ended("waiting").getExitCode()).isZero();
    }

    @Test
    void aClaimOutlivesItsPods() {
        NODE.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("artifacts")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .create();
        pods.run("writer", "mkdir -p $CLAIM && echo kept > $CLAIM/file", ShellPods::claiming);
        pods.ended("writer");
        NODE.client().pods().withName("writer").delete();
        pods.run("reader", "cat $CLAIM/file", ShellPods::claiming);
        assertThat(pods.ended("reader").getExitCode()).isZero();
        assertThat(NODE.log("reader")).contains("kept");
    }

    @Test
    void aDeletedPodsDirectoryGoes() {
        pods.run("directory", "exit 0");
        pods.ended("directory");
        pods.phase("directory");
        NODE.client().pods().withName("directory").delete();
        await().untilAsserted(() -> {
            try (var directories = Files.list(NODE.root().resolve("pods"))) {
                assertThat(directories.map(p -> p.getFileName().toString()))
                        .noneMatch(n -> n.startsWith("default_directory_"));
            }
        });
    }

    @Test
    void anInitContainerRunsFirstAndLeavesItsFiles() {
        pods.run("initialized", "ls /in/volumes && cat /in/volumes/one/word", pod -> initialized(pod, "echo left"));
        assertThat(pods.ended("initialized").getExitCode()).isZero();
        assertThat(NODE.log("initialized")).isEqualTo("one\nleft\n");
        assertThat(pods.read("initialized").getStatus().getInitContainerStatuses())
                .singleElement()
                .satisfies(init -> assertThat(init.getState().getTerminated().getExitCode())
                        .isZero());
    }

    @Test
    void afterAnInitContainerThatFailedNothingRuns() {
        pods.run("uninitialized", "echo ran", pod -> initialized(pod, "exit 3"));
        assertThat(pods.phase("uninitialized")).isEqualTo("Failed");
        var status = pods.read("uninitialized").getStatus();
        assertThat(status.getInitContainerStatuses()
                        .get(0)
                        .getState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(3);
        assertThat(status.getContainerStatuses()).isEmpty();
        assertThat(NODE.log("uninitialized")).isEmpty();
    }

    /** With a volume, and an init container that puts into file word there what the script says. */
    private static Pod initialized(Pod pod, String script) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("one")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewInitContainer()
                .withName("init")
                .withImage("local.test/busybox:1")
                .withCommand("/bin/sh", "-c")
                .withArgs("(" + script + ") >/in/volumes/one/word")
                .addNewVolumeMount()
                .withName("one")
                .withMountPath("/in/volumes/one")
                .endVolumeMount()
                .endInitContainer()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("one")
                .withMountPath("/in/volumes/one")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }
}

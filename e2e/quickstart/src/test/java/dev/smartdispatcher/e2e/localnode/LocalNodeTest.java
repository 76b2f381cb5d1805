package dev.smartdispatcher.e2e.localnode;

import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.embedded.ClusterExtension;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.pods.NodeSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real pods of one line of shell. */
class LocalNodeTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

    @TempDir
    static Path root;

    private static LocalNode node;
    private static ShellPods pods;

    @BeforeAll
    static void start() {
        var client = CLUSTER.cluster().newClient("local-node");
        node = LocalNode.start(
                client, root, List.of(NodeSpec.of("n1", new Quantity("4"), new Quantity("8Gi"), new Quantity("20Gi"))));
        pods = new ShellPods(CLUSTER.client(), node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void anImageThatHasNoImagesNameStartsNothing() {
        pods.run("misnamed", "exit 0", pod -> new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withImage("not an image:::")
                .endContainer()
                .endSpec()
                .build());
        await().untilAsserted(() -> assertThat(pods.read("misnamed").getStatus().getContainerStatuses())
                .singleElement()
                .satisfies(container -> {
                    var waiting = container.getState().getWaiting();
                    assertThat(waiting.getReason()).isEqualTo("InvalidImageName");
                    assertThat(waiting.getMessage()).contains("couldn't parse image name \"not an image:::\"");
                }));
        CLUSTER.client().pods().withName("misnamed").delete();
        await().untilAsserted(() -> assertThat(pods.read("misnamed")).isNull());
    }

    @Test
    void exitCodesAreTrue() {
        pods.run("zero", "exit 0");
        assertThat(pods.ended("zero").getExitCode()).isZero();
        assertThat(pods.ended("zero").getReason()).isEqualTo("Completed");
        assertThat(pods.phase("zero")).isEqualTo("Succeeded");
        pods.run("three", "exit 3");
        assertThat(pods.ended("three").getExitCode()).isEqualTo(3);
        assertThat(pods.ended("three").getReason()).isEqualTo("Error");
        assertThat(pods.phase("three")).isEqualTo("Failed");
        pods.run("killed", "kill -9 $$");
        assertThat(pods.ended("killed").getExitCode()).isEqualTo(137);
    }

    @Test
    void theContainerIsReportedBeforeThePhase() {
        pods.run("order", "exit 0");
        pods.ended("order");
        pods.phase("order");
        assertThat(CLUSTER.cluster().writes().doneBy("local-node"))
                .filteredOn(w -> w.name().equals("order") && w.subresource().equals("status"))
                .extracting(Write::status)
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void outputOfBothStreamsIsTheLog() {
        pods.run("log", "echo out; echo err >&2");
        pods.ended("log");
        assertThat(node.log("default", "log")).contains("out\n").contains("err\n");
    }

    @Test
    void theMessageIsTheEndOfTheTerminationLog() {
        pods.run("message", "printf '%06000d' 7 > /dev/termination-log");
        assertThat(pods.ended("message").getMessage()).hasSize(4096).endsWith("7");
    }

    @Test
    void anAnnotationIsAFileThatFollowsIt() {
        pods.run(
                "annotated",
                "while :; do read -r v <$FILE || [ -n \"$v\" ]; case $v in 60) exit 7;; 3600) ;; *) exit 8;; esac;"
                        + " sleep 0.05; done",
                pod -> ShellPods.annotated(pod, "example.com/seconds", "3600"));
        await().until(() -> "Running".equals(pods.read("annotated").getStatus().getPhase()));
        CLUSTER.client()
                .pods()
                .withName("annotated")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"example.com/seconds\":\"60\"}}}");
        assertThat(pods.ended("annotated").getExitCode()).isEqualTo(7);
    }

    @Test
    void variablesComeFromThePodAndItsObjects() {
        CLUSTER.client()
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
        assertThat(node.log("default", "variables")).contains("literal from-map variables.default 3 from-map");
    }

    @Test
    void homeAndTemporaryDirectoryAreThePodsOwn() {
        pods.run("home", "test -d ${HOME:?} && test -d ${TMPDIR:?} && echo $HOME $TMPDIR");
        assertThat(pods.ended("home").getExitCode()).isZero();
        assertThat(node.log("default", "home")).contains(root.toString());
    }

    @Test
    void filesOfAConfigMapAreAsItSays() {
        CLUSTER.client()
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
        assertThat(node.log("default", "files")).contains("ran");
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
        CLUSTER.client().resource(configMap("late", Map.of("a", "here"))).create();
        assertThat(pods.ended("waiting").getExitCode()).isZero();
    }

    @Test
    void aClaimOutlivesItsPods() {
        CLUSTER.client()
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
        CLUSTER.client().pods().withName("writer").delete();
        pods.run("reader", "cat $CLAIM/file", ShellPods::claiming);
        assertThat(pods.ended("reader").getExitCode()).isZero();
        assertThat(node.log("default", "reader")).contains("kept");
    }

    @Test
    void aDeletedPodGoesWithItsGrandchildren() {
        pods.run("family", "sh -c 'sleep 300 & echo grandchild $!; wait' & wait");
        var pid = pods.pidIn("family", "grandchild ");
        CLUSTER.client().pods().withName("family").withGracePeriod(1).delete();
        await().until(() -> pods.read("family") == null);
        assertThat(ShellPods.isAlive(pid)).isFalse();
    }

    @Test
    void aDeletedPodGoesWithWhatHasLeftItsParents() {
        pods.run("daemon", "(setsid sleep 300 & echo daemon $! ); sleep 300");
        var pid = pods.pidIn("daemon", "daemon ");
        CLUSTER.client().pods().withName("daemon").withGracePeriod(1).delete();
        await().until(() -> pods.read("daemon") == null);
        assertThat(ShellPods.isAlive(pid)).isFalse();
    }

    @Test
    void nothingOfAPodOutlivesItsFirstProcess() {
        pods.run("leftover", "sleep 300 & echo leftover $!; exit 0");
        pods.ended("leftover");
        assertThat(ShellPods.isAlive(pods.pidIn("leftover", "leftover "))).isFalse();
    }

    @Test
    void aNewPodOfTheSameNameIsNotTakenForTheOldOne() {
        pods.run("again", "trap '' TERM; echo first $$; while :; do sleep 0.05; done");
        var first = pods.pidIn("again", "first ");
        CLUSTER.client().pods().withName("again").withGracePeriod(0).delete();
        pods.run("again", "sleep 3");
        var second = pods.read("again").getMetadata().getUid();
        await().until(() -> !ShellPods.isAlive(first));
        assertThat(pods.ended("again").getExitCode()).isZero();
        assertThat(pods.read("again").getMetadata().getUid()).isEqualTo(second);
    }

    @Test
    void theGraceIsForTheCommandToEndWell() {
        pods.run("polite", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        await().until(() -> node.log("default", "polite").contains("ready"));
        CLUSTER.client().pods().withName("polite").withGracePeriod(80).delete();
        await().until(() -> pods.read("polite") == null);
        assertThat(node.log("default", "polite")).contains("bye");
    }

    @Test
    void aCommandThatIsNotThereIsAStartError() {
        pods.run("shell-less", "", pod -> new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withCommand("/no/such/shell")
                .endContainer()
                .endSpec()
                .build());
        assertThat(pods.ended("shell-less").getReason()).isEqualTo("StartError");
        assertThat(pods.ended("shell-less").getExitCode()).isEqualTo(128);
        assertThat(pods.ended("shell-less").getMessage()).containsIgnoringCase("no such file or directory");
        assertThat(pods.phase("shell-less")).isEqualTo("Failed");
    }

    @Test
    void thePodsDeadlineEndsIt() {
        pods.run("overdue", "sleep 300", pod -> new PodBuilder(pod)
                .editSpec()
                .withActiveDeadlineSeconds(1L)
                .withTerminationGracePeriodSeconds(1L)
                .endSpec()
                .build());
        pods.ended("overdue");
        assertThat(pods.phase("overdue")).isEqualTo("Failed");
        assertThat(pods.read("overdue").getStatus().getReason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void aDeletedPodsDirectoryGoes() {
        pods.run("directory", "exit 0");
        pods.ended("directory");
        pods.phase("directory");
        CLUSTER.client().pods().withName("directory").delete();
        await().untilAsserted(() -> {
            try (var directories = Files.list(root.resolve("pods"))) {
                assertThat(directories.map(p -> p.getFileName().toString()))
                        .noneMatch(n -> n.startsWith("default_directory_"));
            }
        });
    }
}

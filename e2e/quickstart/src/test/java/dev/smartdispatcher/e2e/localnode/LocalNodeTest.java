package dev.smartdispatcher.e2e.localnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.embedded.log.Write;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pod on the local node from its start to its end: real pods of one line of shell. */
class LocalNodeTest {
    @RegisterExtension
    static final LocalNodeExtension NODE = new LocalNodeExtension();

    private final ShellPods pods = NODE.pods();

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
        NODE.client().pods().withName("misnamed").delete();
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
        pods.run("killed", "kill -9 $$$$");
        assertThat(pods.ended("killed").getExitCode()).isEqualTo(137);
    }

    @Test
    void theContainerIsReportedBeforeThePhase() {
        pods.run("order", "exit 0");
        pods.ended("order");
        pods.phase("order");
        assertThat(NODE.cluster().writes().doneBy(LocalNodeExtension.AGENT))
                .filteredOn(w -> w.name().equals("order") && w.subresource().equals("status"))
                .extracting(Write::status)
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void outputOfBothStreamsIsTheLog() {
        pods.run("log", "echo out; echo err >&2");
        pods.ended("log");
        assertThat(NODE.log("log")).contains("out\n").contains("err\n");
    }

    @Test
    void argumentsAndVariablesAreExpandedAsByAKubelet() {
        pods.run(
                "expanded",
                "printf '%s\\n' '$(NAME)' \"$$NAME\" \"$$(echo shell)\" '$(NONE)' '$(PATH)'",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("FIRST")
                        .withValue("one$$")
                        .endEnv()
                        .addNewEnv()
                        .withName("NAME")
                        .withValue("$(FIRST)-$(LATER)")
                        .endEnv()
                        .addNewEnv()
                        .withName("LATER")
                        .withValue("two")
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build());
        pods.ended("expanded");
        // What an image has is no variable of the pod.
        assertThat(NODE.log("expanded").lines())
                .containsExactly("one$-$(LATER)", "one$-$(LATER)", "shell", "$(NONE)", "$(PATH)");
    }

    @Test
    void theMessageIsTheEndOfTheTerminationLog() {
        pods.run("message", "printf '%06000d' 7 > /dev/termination-log");
        assertThat(pods.ended("message").getMessage()).hasSize(4096).endsWith("7");
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
}

package dev.smartdispatcher.e2e.localnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pod on the local node ends with all its processes, and not before. */
class PodProcessesTest {
    @RegisterExtension
    static final LocalNodeExtension NODE = new LocalNodeExtension();

    private final ShellPods pods = NODE.pods();

    @Test
    void aDeletedPodGoesWithItsGrandchildren() {
        pods.run("family", "sh -c 'sleep 300 & echo grandchild $!; wait' & wait");
        var pid = pods.pidIn("family", "grandchild ");
        NODE.client().pods().withName("family").withGracePeriod(1).delete();
        await().until(() -> pods.read("family") == null);
        assertThat(ShellPods.isAlive(pid)).isFalse();
    }

    @Test
    void aDeletedPodGoesWithWhatHasLeftItsParents() {
        pods.run("daemon", "(setsid sleep 300 & echo daemon $! ); sleep 300");
        var pid = pods.pidIn("daemon", "daemon ");
        NODE.client().pods().withName("daemon").withGracePeriod(1).delete();
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
        pods.run("again", "trap '' TERM; echo first $$$$; while :; do sleep 0.05; done");
        var first = pods.pidIn("again", "first ");
        NODE.client().pods().withName("again").withGracePeriod(0).delete();
        pods.run("again", "sleep 3");
        var second = pods.read("again").getMetadata().getUid();
        await().until(() -> !ShellPods.isAlive(first));
        assertThat(pods.ended("again").getExitCode()).isZero();
        assertThat(pods.read("again").getMetadata().getUid()).isEqualTo(second);
    }

    @Test
    void theGraceIsForTheCommandToEndWell() {
        pods.run("polite", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        await().until(() -> NODE.log("polite").contains("ready"));
        NODE.client().pods().withName("polite").withGracePeriod(80).delete();
        await().until(() -> pods.read("polite") == null);
        assertThat(NODE.log("polite")).contains("bye");
    }
}

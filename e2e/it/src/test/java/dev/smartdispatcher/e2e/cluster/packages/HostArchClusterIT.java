package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import dev.smartdispatcher.e2e.installer.Packages;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The concept's example on an x86_64 node that is offered as i586: speed-up packages for the target armv7l, and cross compilers. */
@ClusterTier
class HostArchClusterIT {
    private static final String NODE = Cluster.NODES.get(1);

    private DebianFarm debian;

    @BeforeEach
    void open(BuildFarm farm) throws IOException {
        debian = DebianFarm.of(farm);
        debian.claim("concept-rpm", Packages.made().resolve("rpm").toString());
        offer(farm, "i586");
        farm.kubectl().ok("wait", "--for=jsonpath={.status.hostArch}=i586", "bw/" + NODE, BuildFarm.patience());
    }

    @AfterEach
    void close(BuildFarm farm) {
        offer(farm, "");
        debian.close();
    }

    private static void offer(BuildFarm farm, String hostArch) {
        farm.kubectl()
                .ok("patch", "bw", NODE, "--type=merge", "-p", "{\"spec\": {\"hostArch\": \"" + hostArch + "\"}}");
    }

    @Test
    void speedUpsAreThereOnceAndCrossCompilersToo(BuildFarm farm) {
        debian.applyExample("concept");
        var status = farm.await("concept", "Complete");

        assertThat(status.allocation().worker()).isEqualTo(NODE);
        assertThat(status.allocation().hostArch()).isEqualTo("i586");
        assertThat(status.allocation().mode()).isEqualTo(Mode.Cross);
        // rpm-x86 runs there, and sees a 32-bit machine.
        assertThat(debian.log("concept").lines()).contains("arch i386", "host i586, target armv7l");
        assertThat(debian.inResults(status, "cat scriptlets").lines())
                .doesNotContain("rpm armv7l", "bash armv7l")
                .containsOnlyOnce(
                        "rpm-x86 i586", "bash-x86 i586", "cross-armv7l-gcc i586", "cross-armv7l-binutils i586");
        assertThat(debian.inResults(status, "cut -f 1,3 installed").lines())
                .contains("rpm\tarmv7l", "bash\tarmv7l", "rpm-x86\ti586", "bash-x86\ti586");
    }

    @Test
    void aNodeCannotBeOfferedAsWhatItDoesNotRun(BuildFarm farm) {
        offer(farm, "s390x");
        farm.kubectl().ok("wait", "--for=condition=Schedulable=False", "bw/" + NODE, BuildFarm.patience());
        var condition = farm.kubectl()
                .get(BuildWorker.class, "bw", NODE)
                .getStatus()
                .condition(BuildWorkerStatus.SCHEDULABLE)
                .orElseThrow();
        assertThat(condition.reason()).isEqualTo(Reason.InvalidFacts.name());
        assertThat(condition.message())
                .isEqualTo("spec.hostArch: the node does not run s390x itself, but only x86_64, i586");
    }
}

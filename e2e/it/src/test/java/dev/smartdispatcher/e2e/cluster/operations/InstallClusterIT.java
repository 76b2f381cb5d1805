package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The release goes, and comes again. */
@ClusterTier
class InstallClusterIT {
    private final Cluster cluster = Cluster.find();

    @AfterEach
    void install() {
        cluster.repair();
    }

    @Test
    void runningBuildOutlivesTheReleaseAndIsRecordedByTheNext(BuildFarm farm) {
        farm.submit("survivor", BuildFarm.UNTIL_RELEASED);
        farm.await("survivor", "Running");
        cluster.run("helm", "uninstall", Cluster.RELEASE, "-n", Cluster.RELEASE, "--wait");
        var release = cluster.kubectl(Cluster.RELEASE);
        Awaitility.await("no pod of the release").atMost(BuildFarm.PATIENCE).untilAsserted(() -> assertThat(
                        release.ok("get", "pods", "-o", "name"))
                .isEmpty());
        assertThat(release.ok("get", "clusterroles,clusterrolebindings,validatingadmissionpolicies", "-o", "name"))
                .doesNotContain(Cluster.RELEASE);
        assertThat(farm.kubectl().ok("get", "bj,bw,benv", "-o", "name")).contains("/survivor", "/n1", "/debian-12");

        // Without an operator jobs can be written and deleted: nothing holds them.
        farm.submit("unwanted", "true");
        farm.kubectl().ok("delete", "bj", "unwanted", BuildFarm.patience());
        farm.release("survivor");
        farm.kubectl()
                .ok(
                        "wait",
                        "--for=jsonpath={.status.phase}=Succeeded",
                        "pod",
                        "-l",
                        "smartdispatcher.dev/job=survivor",
                        BuildFarm.patience());

        farm.submit("first", "true");
        cluster.repair();
        farm.await("first", "Complete");
        assertThat(farm.await("survivor", "Complete").attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo(Reason.Succeeded));
    }
}

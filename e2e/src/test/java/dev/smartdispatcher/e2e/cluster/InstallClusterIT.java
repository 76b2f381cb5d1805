package dev.smartdispatcher.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The release goes, and comes again. */
@ClusterTier
class InstallClusterIT {
    private static final Duration FIRST_BUILD = Duration.ofMinutes(1);

    private final Cluster cluster = Cluster.find();

    @AfterEach
    void install() {
        cluster.repair();
    }

    @Test
    void runningBuildOutlivesTheReleaseAndIsRecordedByTheNext(BuildFarm farm) {
        farm.submit("survivor", "sleep 15; echo survived");
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
        farm.kubectl().ok("delete", "bj", "unwanted", "--timeout=10s");
        farm.kubectl()
                .ok(
                        "wait",
                        "--for=jsonpath={.status.phase}=Succeeded",
                        "pod",
                        "-l",
                        "smartdispatcher.dev/job=survivor",
                        "--timeout=60s");

        farm.submit("first", "true");
        var begin = Instant.now();
        cluster.repair();
        farm.await("first", "Complete");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(FIRST_BUILD);
        assertThat(farm.await("survivor", "Complete").attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo(Reason.Succeeded));
    }
}

package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.Background;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import dev.smartdispatcher.e2e.cluster.tier.Kubectl;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Everything that can be restarted is, while builds run: each is built once. */
@ClusterTier
class RestartClusterIT {
    private static final int BUILDS = 6;

    @Test
    void leaderIsDeleted(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        submitAll(farm);
        var leader = leader(release);
        release.ok("delete", "pod", leader, "--wait=false", "--ignore-not-found");
        submit(farm, "after");
        Awaitility.await("another leads").atMost(BuildFarm.PATIENCE).until(() -> !leader(release)
                .equals(leader));
        assertEachBuiltOnce(farm);
    }

    @Test
    void allOperatorsAreKilled(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        submitAll(farm);
        release.ok("delete", "pods", "-l", "app.kubernetes.io/component=operator", "--grace-period=0", "--force");
        submit(farm, "after");
        assertEachBuiltOnce(farm);
    }

    @Test
    void agentsAreDeleted(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        submitAll(farm);
        release.ok("delete", "pods", "-l", "app.kubernetes.io/component=node-agent", "--wait=false");
        submit(farm, "after");
        assertEachBuiltOnce(farm);
        release.ok("rollout", "status", "daemonset/smart-dispatcher-node-agent", BuildFarm.patience());
    }

    @Test
    void containerdIsRestarted(BuildFarm farm) {
        submitAll(farm);
        Cluster.NODES.forEach(node -> farm.cluster().run("restart", node, "containerd"));
        submit(farm, "after");
        assertEachBuiltOnce(farm);
    }

    @Test
    void kubeletIsKilledAndComesBack(BuildFarm farm) {
        submitAll(farm);
        farm.cluster().run("kill", "n1", "kubelet");
        farm.cluster().run("restart", "n1", "kubelet");
        submit(farm, "after");
        assertEachBuiltOnce(farm);
    }

    @Test
    void releaseIsUpgraded(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        submitAll(farm);
        try (var upgrade = Background.start(farm.cluster()
                .command(List.of(
                        "helm",
                        "upgrade",
                        Cluster.RELEASE,
                        farm.cluster()
                                .project()
                                .resolve("helm/smart-dispatcher")
                                .toString(),
                        "-n",
                        Cluster.RELEASE,
                        "--reuse-values",
                        "--set-string",
                        "operator.podAnnotations.upgraded=" + System.nanoTime(),
                        "--set-string",
                        "nodeAgent.podAnnotations.upgraded=" + System.nanoTime(),
                        "--wait",
                        "--timeout=10m")))) {
            submit(farm, "meanwhile");
            assertThat(upgrade.status(Duration.ofMinutes(10)))
                    .as(upgrade.output())
                    .isZero();
        }
        release.ok("rollout", "status", "deployment/smart-dispatcher-operator", BuildFarm.patience());
        awaitReplicasApart(release);
        assertEachBuiltOnce(farm);
    }

    @Test
    void releaseIsRolledBack(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        release.ok("rollout", "restart", "deployment/smart-dispatcher-operator");
        release.ok("rollout", "status", "deployment/smart-dispatcher-operator", BuildFarm.patience());
        awaitReplicasApart(release);
        release.ok("rollout", "undo", "deployment/smart-dispatcher-operator");
        release.ok("rollout", "status", "deployment/smart-dispatcher-operator", BuildFarm.patience());
        awaitReplicasApart(release);
    }

    /** Once those of the version before have gone. */
    private static void awaitReplicasApart(Kubectl release) {
        Awaitility.await("the operator's replicas on a node each")
                .atMost(BuildFarm.PATIENCE)
                .untilAsserted(() -> assertThat(release.ok(
                                        "get",
                                        "pods",
                                        "-l",
                                        "app.kubernetes.io/component=operator",
                                        "-o",
                                        "jsonpath={.items[*].spec.nodeName}")
                                .split(" "))
                        .containsExactlyInAnyOrderElementsOf(Cluster.NODES));
    }

    private static void submitAll(BuildFarm farm) {
        IntStream.range(0, BUILDS).forEach(i -> submit(farm, "round-" + i));
        // What has not started yet may be started again, which is another attempt.
        farm.kubectl().ok("wait", "--for=condition=Running", "bj", "--all", BuildFarm.patience());
    }

    private static void submit(BuildFarm farm, String name) {
        farm.submit(name, BuildFarm.UNTIL_RELEASED, "priority: 1");
    }

    /** What was running goes on to its end, and so does what came meanwhile. */
    private static void assertEachBuiltOnce(BuildFarm farm) {
        farm.names().forEach(job -> {
            farm.await(job, "Running");
            farm.release(job);
        });
        farm.kubectl().ok("wait", "--for=condition=Complete", "bj", "--all", BuildFarm.patience());
        farm.names().forEach(job -> assertThat(farm.status(job).attempts())
                .as(job)
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo(Reason.Succeeded)));
        assertThat(farm.podsSeen()).hasSameSizeAs(farm.names());
    }

    private static String leader(Kubectl release) {
        // POD_UUID
        return release.ok("get", "lease", Cluster.RELEASE, "-o", "jsonpath={.spec.holderIdentity}")
                .split("_")[0];
    }
}

package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.cluster.tier.Background;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import dev.smartdispatcher.e2e.cluster.tier.Kubectl;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Everything that can be restarted is, while builds run: each is built once. */
@ClusterTier
class RestartClusterIT {
    @Test
    void leaderIsDeleted(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        LongBuilds.submitAll(farm);
        var leader = leader(release);
        release.ok("delete", "pod", leader, "--wait=false", "--ignore-not-found");
        LongBuilds.submit(farm, "after");
        Awaitility.await("another leads").atMost(BuildFarm.PATIENCE).until(() -> !leader(release)
                .equals(leader));
        LongBuilds.assertEachBuiltOnce(farm);
    }

    @Test
    void allOperatorsAreKilled(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        LongBuilds.submitAll(farm);
        release.ok("delete", "pods", "-l", "app.kubernetes.io/component=operator", "--grace-period=0", "--force");
        LongBuilds.submit(farm, "after");
        LongBuilds.assertEachBuiltOnce(farm);
    }

    @Test
    void agentsAreDeleted(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        LongBuilds.submitAll(farm);
        release.ok("delete", "pods", "-l", "app.kubernetes.io/component=node-agent", "--wait=false");
        LongBuilds.submit(farm, "after");
        LongBuilds.assertEachBuiltOnce(farm);
        release.ok("rollout", "status", "daemonset/smart-dispatcher-node-agent", BuildFarm.patience());
    }

    @Test
    void containerdIsRestarted(BuildFarm farm) {
        LongBuilds.submitAll(farm);
        Cluster.NODES.forEach(node -> farm.cluster().run("restart", node, "containerd"));
        LongBuilds.submit(farm, "after");
        LongBuilds.assertEachBuiltOnce(farm);
    }

    @Test
    void kubeletIsKilledAndComesBack(BuildFarm farm) {
        LongBuilds.submitAll(farm);
        farm.cluster().run("kill", "n1", "kubelet");
        farm.cluster().run("restart", "n1", "kubelet");
        LongBuilds.submit(farm, "after");
        LongBuilds.assertEachBuiltOnce(farm);
    }

    @Test
    void releaseIsUpgraded(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        LongBuilds.submitAll(farm);
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
            LongBuilds.submit(farm, "meanwhile");
            assertThat(upgrade.status(Duration.ofMinutes(10)))
                    .as(upgrade.output())
                    .isZero();
        }
        release.ok("rollout", "status", "deployment/smart-dispatcher-operator", BuildFarm.patience());
        awaitReplicasApart(release);
        LongBuilds.assertEachBuiltOnce(farm);
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

    private static String leader(Kubectl release) {
        // POD_UUID
        return release.ok("get", "lease", Cluster.RELEASE, "-o", "jsonpath={.spec.holderIdentity}")
                .split("_")[0];
    }
}

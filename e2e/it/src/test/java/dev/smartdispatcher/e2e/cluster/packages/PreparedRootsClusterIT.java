package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.InstalledPackages.CacheUse;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On workers with a cache the second build of an environment finds the root that the first has filled, on the same worker. */
@ClusterTier
class PreparedRootsClusterIT {
    private static final String ENVIRONMENT = "debian-12-rpm";
    private static final Pattern SECONDS = Pattern.compile("packages are installed, after ([0-9.]+) s");

    private BuildFarm farm;
    private DebianFarm debian;

    @BeforeEach
    void open(BuildFarm opened) {
        farm = opened;
        debian = DebianFarm.of(farm);
        cache("{\"size\": \"3Gi\", \"storageClassName\": \"directory-late\"}");
    }

    @AfterEach
    void close() {
        cache("null");
        debian.close();
    }

    private void cache(String cache) {
        for (var node : Cluster.NODES) {
            farm.kubectl().ok("patch", "bw", node, "--type=merge", "-p", "{\"spec\": {\"cache\": " + cache + "}}");
        }
    }

    private Attempt only(BuildJobStatus job) {
        assertThat(job.attempts()).hasSize(1);
        return job.attempts().get(0);
    }

    /** Seconds until the root was there, by the installer's own log. */
    private double seconds(Attempt attempt) {
        var log = SECONDS.matcher(farm.kubectl().ok("logs", attempt.pod(), "-c", "prepare"));
        assertThat(log.find()).isTrue();
        return Double.parseDouble(log.group(1));
    }

    private String claims() {
        return farm.kubectl()
                .ok("get", "pvc", "-l", "smartdispatcher.dev/worker", "-o", "name")
                .strip();
    }

    @Test
    void theSecondBuildOfAnEnvironmentFindsItsRoot() {
        debian.applyExample("rpm");
        var first = only(farm.await("hello-rpm", "Complete"));
        assertThat(first.installed().cache()).isEqualTo(CacheUse.Filled);

        debian.submit("again", ENVIRONMENT, "gcc --version && ! ls /smart-dispatcher/cache");
        var second = only(farm.await("again", "Complete"));
        assertThat(second.worker()).as("the worker that has the root").isEqualTo(first.worker());
        assertThat(second.installed().cache()).isEqualTo(CacheUse.Hit);
        assertThat(second.installed().digest()).isEqualTo(first.installed().digest());
        System.out.printf(
                "root of %d packages: installed in %.1f s, prepared in %.1f s, %.0f times as fast%n",
                first.installed().count(),
                seconds(first),
                seconds(second),
                seconds(first) / Math.max(0.1, seconds(second)));

        assertThat(claims().lines()).hasSize(1);
        cache("null");
        // Kubernetes keeps a claim as long as there is a pod with it, be it one that has ended.
        farm.kubectl().ok("delete", "bj", "--all");
        Awaitility.await().atMost(BuildFarm.PATIENCE).until(() -> claims().isEmpty());
    }
}

package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On workers with a cache the second build of a package finds what the first has compiled, on the same worker. */
@ClusterTier
class PackageCacheClusterIT {
    private static final Pattern MILLIS = Pattern.compile("compiled in ([0-9]+) ms");
    private static final Pattern HITS = Pattern.compile("direct_cache_hit\\s+([0-9]+)");

    private BuildFarm farm;
    private DebianFarm debian;

    @BeforeEach
    void open(BuildFarm opened) {
        farm = opened;
        debian = DebianFarm.of(farm);
        cache("{\"size\": \"2Gi\", \"storageClassName\": \"directory-late\"}");
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

    private Attempt built(String job) {
        var attempts = farm.await(job, "Complete").attempts();
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }

    private int inLog(Pattern number, Attempt attempt) {
        var log = number.matcher(farm.kubectl().ok("logs", attempt.pod(), "-c", "build"));
        assertThat(log.find()).as(number.pattern()).isTrue();
        return Integer.parseInt(log.group(1));
    }

    @Test
    void theSecondBuildOfAPackageFindsWhatIsCompiled() {
        debian.applyExample("ccache");
        var first = built("zlib-ccache");
        assertThat(inLog(HITS, first)).isZero();

        debian.applyExample("ccache", "zlib-ccache", "zlib-again");
        var second = built("zlib-again");
        assertThat(second.worker()).as("the worker that has the cache").isEqualTo(first.worker());
        assertThat(inLog(HITS, second)).isPositive();
        System.out.printf(
                "compiled in %d ms, with the cache of the first build in %d ms: %.1f times as fast%n",
                inLog(MILLIS, first),
                inLog(MILLIS, second),
                inLog(MILLIS, first) / Math.max(1.0, inLog(MILLIS, second)));

        debian.submit("other", "debian-12-ccache", "! ls -A \"$BUILD_CACHE\" | grep .", "cache: {path: /c}");
        farm.await("other", "Complete");
    }
}

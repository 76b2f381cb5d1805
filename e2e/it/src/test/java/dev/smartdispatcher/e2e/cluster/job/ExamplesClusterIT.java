package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Files of {@code examples/} that need no other workers than x86_64 nodes. */
@ClusterTier
class ExamplesClusterIT {
    @Test
    void failingBuildsEndAsTheySay(BuildFarm farm) throws IOException {
        apply(farm, "failing");
        assertThat(farm.await("flaky", "Complete").attempts()).hasSize(2);
        assertThat(farm.await("fails", "Failed").attempts())
                .extracting("outcome")
                .containsExactly(Reason.BuildFailed);
        assertThat(farm.await("too-long", "Failed").attempts())
                .extracting("outcome")
                .containsExactly(Reason.DeadlineExceeded);
    }

    @Test
    void waitingBuildsSayWhy(BuildFarm farm) throws IOException {
        apply(farm, "waiting");
        assertWaits(farm, "mainframe", Reason.NoWorkerFits);
        assertWaits(farm, "huge", Reason.NoWorkerFits);
        assertWaits(farm, "no-environment", Reason.UnknownEnvironment);
    }

    private static void assertWaits(BuildFarm farm, String job, Reason reason) {
        farm.until(job, status -> status.waiting() != null && status.waiting().reason() == reason);
    }

    private static void apply(BuildFarm farm, String file) throws IOException {
        var manifests = Files.readString(farm.cluster().project().resolve("examples/10-builds/" + file + ".yaml"));
        farm.kubectl()
                .apply(manifests.replace(
                        "namespace: default", "namespace: " + farm.kubectl().namespace()))
                .succeeded();
    }
}

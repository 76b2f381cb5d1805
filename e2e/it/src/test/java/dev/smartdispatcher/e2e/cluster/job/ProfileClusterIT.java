package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.MemoryBasis;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What real builds use is learned, and the next ones get it. */
@ClusterTier
class ProfileClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GREEDY = "head -c 120M /dev/zero | tail > /dev/null";

    /** The first build is killed and repeated with more; the second is not killed. */
    @Test
    void aBuildThatRanOutOfMemoryRaisesWhatTheNextOneGets(BuildFarm farm) {
        farm.submit("learns", GREEDY, "package: greedy");
        assertThat(farm.await("learns", "Complete").attempts())
                .extracting("outcome")
                .startsWith(Reason.OutOfMemory)
                .endsWith(Reason.Succeeded);
        var profile = await("the profile")
                .atMost(PATIENCE)
                .until(
                        () -> profile(farm),
                        status -> status.memory() != null && status.memory().runs() >= 1);
        assertThat(profile.recent()).hasSizeGreaterThanOrEqualTo(2);

        farm.submit("knows", GREEDY, "package: greedy");
        var status = farm.await("knows", "Complete");
        assertThat(status.attempts()).extracting("outcome").containsExactly(Reason.Succeeded);
        assertThat(status.allocation().basis()).isEqualTo(MemoryBasis.Profile);
        assertThat(Quantities.bytes(status.allocation().memory()))
                .isGreaterThan(Quantities.bytes(status.usage().memoryPeak()));
    }

    /** With real cgroups: neither output nor CPU. */
    @Test
    void aBuildThatStandsStillIsStopped(BuildFarm farm) {
        farm.submit("still", "echo waiting for the network; sleep 300", "idleDeadlineSeconds: 3");
        var attempts = farm.await("still", "Failed").attempts();
        assertThat(attempts).extracting("outcome").containsExactly(Reason.IdleDeadlineExceeded);
        assertThat(attempts.get(0).message())
                .isEqualTo("neither wrote output nor used CPU for 3 s; its last lines: waiting for the network");
    }

    /** Silent, but at work. */
    @Test
    void aBuildThatComputesInSilenceIsNotStopped(BuildFarm farm) {
        farm.submit(
                "silent",
                "end=$(($(date +%s) + 9)); while [ $(date +%s) -lt $end ]; do :; done",
                "idleDeadlineSeconds: 3");
        assertThat(farm.await("silent", "Complete").attempts())
                .extracting("outcome")
                .containsExactly(Reason.Succeeded);
    }

    private static BuildProfileStatus profile(BuildFarm farm) {
        var json = farm.kubectl().ok("get", "bprof", "-o", "json");
        for (var item : Serialization.unmarshal(json, JsonNode.class).path("items")) {
            if (item.at("/status/package").asText().equals("greedy")) {
                return Serialization.unmarshal(item.get("status").toString(), BuildProfileStatus.class);
            }
        }
        return BuildProfileStatus.EMPTY;
    }
}

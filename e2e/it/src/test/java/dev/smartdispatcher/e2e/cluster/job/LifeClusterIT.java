package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a packager types and then sees. */
@ClusterTier
class LifeClusterIT {
    @Test
    void buildCompletes(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.submit(
                "hello",
                "echo \"$BUILD_PACKAGE for $BUILD_TARGET_ARCH on $BUILD_WORKER\"; " + BuildFarm.UNTIL_RELEASED);
        farm.await("hello", "Running");
        assertThat(kubectl.ok("get", "bj", "hello", "--no-headers"))
                .containsPattern("hello +x86_64 +Running +n[12] +Native +1 ");
        farm.release("hello");
        var status = farm.await("hello", "Complete");
        assertThat(status.attempts()).hasSize(1);
        assertThat(status.usage().cpuSeconds()).isNotNull();

        assertThat(kubectl.ok("logs", "-l", "smartdispatcher.dev/job=hello"))
                .contains("hello for x86_64 on " + status.allocation().worker());
        assertThat(kubectl.ok("get", "buildjobs")
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .split(" +"))
                .containsExactly("NAME", "TARGET", "PHASE", "WORKER", "MODE", "N", "WAITING", "AGE");
        // Written beside the work.
        Awaitility.await("events").atMost(BuildFarm.PATIENCE).untilAsserted(() -> assertThat(
                        kubectl.ok("get", "events", "--field-selector", "involvedObject.kind=BuildJob"))
                .contains("Dispatched", "Succeeded"));
    }

    @Test
    void failingBuildTellsWhy(BuildFarm farm) {
        farm.submit("fails", "echo \"configure: error: no such library\" >&2; exit 3");
        var status = farm.await("fails", BuildJobStatus.FAILED);
        assertThat(status.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Reason.BuildFailed);
            assertThat(attempt.exitCode()).isEqualTo(3);
        });
        assertThat(farm.kubectl().ok("logs", "-l", "smartdispatcher.dev/job=fails"))
                .contains("no such library");
    }

    @Test
    void resultsOfTheWinnerAreOnTheClaim(BuildFarm farm) {
        farm.kubectl().apply("""
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: artifacts}
                        spec:
                          accessModes: [ReadWriteMany]
                          resources: {requests: {storage: 1Gi}}
                        """).succeeded();
        farm.submit(
                "second-time",
                "[ \"$BUILD_ATTEMPT\" -ge 2 ] && echo built > \"$BUILD_RESULTS/package.rpm\"",
                "retry: {onFailure: 1}",
                "results: {claimName: artifacts}");
        var status = farm.await("second-time", "Complete");
        assertThat(status.attempts()).hasSize(2);
        var directory = status.results().directory();
        farm.submit(
                "reader",
                "cat /artifacts/" + directory + "/package.rpm",
                "volumes: [{name: artifacts, persistentVolumeClaim: {claimName: artifacts, readOnly: true}}]",
                "volumeMounts: [{name: artifacts, mountPath: /artifacts, readOnly: true}]");
        farm.await("reader", "Complete");
        assertThat(farm.kubectl().ok("logs", "-l", "smartdispatcher.dev/job=reader"))
                .contains("built");
    }

    @Test
    void deletedJobTakesItsPodAlong(BuildFarm farm) {
        farm.submit("unwanted", "sleep 300");
        farm.await("unwanted", "Running");
        var pod = farm.pod("unwanted").getMetadata().getName();
        farm.kubectl().ok("delete", "bj", "unwanted");
        Awaitility.await("the pod goes")
                .atMost(BuildFarm.PATIENCE)
                .until(() -> farm.kubectl().run("get", "pod", pod).status() != 0);
    }
}

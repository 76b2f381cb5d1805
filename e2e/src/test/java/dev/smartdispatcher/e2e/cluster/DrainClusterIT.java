package dev.smartdispatcher.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an SRE types to take a worker out of service, and then sees. No build is lost by it. */
@ClusterTier
class DrainClusterIT {
    @Test
    void annotationDrainsTheWorker(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.submitOn("n1", "running", "sleep 8");
        farm.await("running", "Running");
        kubectl.ok("annotate", "bw", "n1", "smartdispatcher.dev/drain=kernel update");
        kubectl.ok("wait", "--for=condition=Schedulable=False", "bw/n1", "--timeout=10s");
        assertThat(kubectl.ok("get", "bw", "n1", "--no-headers")).contains("Draining");

        farm.submitOn("n1", "later", "true");
        var waiting = farm.until("later", status -> status.waiting() != null).waiting();
        assertThat(waiting.message()).contains("1 Draining");
        farm.submit("elsewhere", "true");
        assertThat(farm.await("elsewhere", "Complete").allocation().worker()).isEqualTo("n2");

        kubectl.ok("wait", "--for=condition=Drained", "bw/n1", "--timeout=60s");
        assertThat(farm.status("running").attempts()).singleElement().satisfies(attempt -> assertThat(attempt.outcome())
                .isEqualTo(Reason.Succeeded));
        kubectl.ok("annotate", "bw", "n1", "smartdispatcher.dev/drain-");
        farm.await("later", "Complete");
    }

    @Test
    void deadlineOfTheDrainStopsWhatStillRuns(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.submitOn("n1", "endless", "sleep 600");
        farm.await("endless", "Running");
        kubectl.ok(
                "annotate",
                "bw",
                "n1",
                "smartdispatcher.dev/drain=power",
                "smartdispatcher.dev/drain-deadline=" + Instant.now().plusSeconds(5));
        kubectl.ok("wait", "--for=condition=Drained", "bw/n1", "--timeout=60s");
        var status = farm.until("endless", s -> s.attempts().get(0).outcome() != null);
        assertThat(status.attempts().get(0).outcome()).isEqualTo(Reason.DrainDeadlinePassed);
        kubectl.ok("delete", "bj", "endless");
    }

    @Test
    void kubectlDrainWaitsForTheBuild(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.submitOn("n1", "held", "sleep 20");
        farm.await("held", "Running");
        var pods = "--pod-selector=smartdispatcher.dev/job";
        try (var drain = kubectl.start("drain", "n1", "--ignore-daemonsets", "--delete-emptydir-data", pods)) {
            farm.await("held", "Complete");
            assertThat(drain.isRunning()).isTrue();
            assertThat(drain.output()).contains("would violate the pod's disruption budget");
            assertThat(drain.status(Duration.ofSeconds(10))).as(drain.output()).isZero();
        }
        kubectl.ok("wait", "--for=condition=Drained", "bw/n1", "--timeout=10s");
        assertThat(farm.status("held").attempts()).hasSize(1);
        assertThat(kubectl.ok("get", "bw", "n1", "--no-headers")).contains("NodeCordoned");
    }
}

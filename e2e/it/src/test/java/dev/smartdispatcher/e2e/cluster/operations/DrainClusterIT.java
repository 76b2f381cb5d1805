package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an SRE types to take a worker out of service, and then sees. No build is lost by it. */
@ClusterTier
class DrainClusterIT {
    @Test
    void annotationDrainsTheWorker(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.submitOn("n1", "running", BuildFarm.UNTIL_RELEASED);
        farm.await("running", "Running");
        kubectl.ok("annotate", "bw", "n1", "smartdispatcher.dev/drain=kernel update");
        kubectl.ok("wait", "--for=condition=Schedulable=False", "bw/n1", BuildFarm.patience());
        assertThat(kubectl.ok("get", "bw", "n1", "--no-headers")).contains("Draining");

        farm.submitOn("n1", "later", "true");
        var waiting = farm.until("later", status -> status.waiting() != null).waiting();
        assertThat(waiting.message()).contains("1 Draining");
        farm.submit("elsewhere", "true");
        assertThat(farm.await("elsewhere", "Complete").allocation().worker()).isEqualTo("n2");

        assertThat(kubectl.ok("get", "bw", "n1", "-o", "jsonpath={.status.conditions[?(@.type==\"Drained\")].status}"))
                .isEqualTo("False");
        farm.release("running");
        kubectl.ok("wait", "--for=condition=Drained", "bw/n1", BuildFarm.patience());
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
        kubectl.ok("wait", "--for=condition=Drained", "bw/n1", BuildFarm.patience());
        var status = farm.until("endless", s -> s.attempts().get(0).outcome() != null);
        assertThat(status.attempts().get(0).outcome()).isEqualTo(Reason.DrainDeadlinePassed);
        kubectl.ok("delete", "bj", "endless");
    }

    @Test
    void kubectlDrainWaitsForTheBuild(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.submitOn("n1", "held", BuildFarm.UNTIL_RELEASED);
        farm.await("held", "Running");
        var pods = "--pod-selector=smartdispatcher.dev/job";
        try (var drain = kubectl.start("drain", "n1", "--ignore-daemonsets", "--delete-emptydir-data", pods)) {
            Awaitility.await("the eviction is refused")
                    .atMost(BuildFarm.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(drain.output()).contains("would violate the pod's disruption budget"));
            assertThat(drain.isRunning()).isTrue();
            farm.release("held");
            farm.await("held", "Complete");
            assertThat(drain.status(BuildFarm.PATIENCE)).as(drain.output()).isZero();
        }
        kubectl.ok("wait", "--for=condition=Drained", "bw/n1", BuildFarm.patience());
        assertThat(farm.status("held").attempts()).hasSize(1);
        assertThat(kubectl.ok("get", "bw", "n1", "--no-headers")).contains("NodeCordoned");
    }
}

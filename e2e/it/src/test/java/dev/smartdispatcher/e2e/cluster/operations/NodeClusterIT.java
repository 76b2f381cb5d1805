package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that do not answer, come back, or never do. */
@ClusterTier
class NodeClusterIT {
    private static final String FENCED = "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute";

    private final Cluster cluster = Cluster.find();

    @AfterEach
    void continueKubelet() {
        cluster.run("continue", "n1", "kubelet");
        cluster.kubectl("default").ok("wait", "--for=condition=Ready", "node/n1", BuildFarm.patience());
    }

    @Test
    void buildOutlivesItsSilentKubelet(BuildFarm farm) {
        farm.submitOn("n1", "long", "sleep 30");
        farm.await("long", "Running");
        cluster.run("pause", "n1", "kubelet");
        farm.kubectl().ok("wait", "--for=condition=Ready=Unknown", "node/n1", BuildFarm.patience());
        farm.kubectl().ok("wait", "--for=condition=Schedulable=False", "bw/n1", BuildFarm.patience());
        assertThat(farm.status("long").attempts()).singleElement().satisfies(attempt -> assertThat(attempt.outcome())
                .isNull());
        cluster.run("continue", "n1", "kubelet");
        assertThat(farm.await("long", "Complete").attempts()).hasSize(1);
    }

    @Test
    void buildOnALostNodeIsRepeatedOnceTheNodeIsFenced(BuildFarm farm) {
        var kubectl = farm.kubectl();
        farm.cordon("n2");
        farm.submit("repeated", "[ \"$BUILD_ATTEMPT\" -ge 2 ] || sleep 600");
        assertThat(farm.await("repeated", "Running").allocation().worker()).isEqualTo("n1");
        kubectl.ok("uncordon", "n2");

        cluster.run("pause", "n1", "kubelet");
        kubectl.ok("wait", "--for=condition=Ready=Unknown", "node/n1", BuildFarm.patience());
        kubectl.ok("wait", "--for=condition=Schedulable=False", "bw/n1", BuildFarm.patience());
        assertThat(farm.status("repeated").attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).isNull());

        kubectl.ok("taint", "node", "n1", FENCED);
        var attempts = farm.await("repeated", "Complete").attempts();
        assertThat(attempts).extracting("worker").containsExactly("n1", "n2");
        assertThat(attempts).extracting("outcome").containsExactly(Reason.WorkerLost, Reason.Succeeded);
    }
}

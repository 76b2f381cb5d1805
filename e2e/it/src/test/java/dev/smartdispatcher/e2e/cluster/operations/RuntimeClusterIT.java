package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import io.fabric8.kubernetes.api.model.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the container runtime of the nodes can do, without which tests of isolation would find no worker. */
@ClusterTier
class RuntimeClusterIT {
    @Test
    void nodesGivePodsUserNamespaces(BuildFarm farm) {
        for (var name : Cluster.NODES) {
            assertThat(farm.kubectl().get(Node.class, "node", name).getStatus().getRuntimeHandlers())
                    .as("runtime handlers of %s", name)
                    .isNotEmpty()
                    .allSatisfy(handler -> assertThat(handler.getFeatures().getUserNamespaces())
                            .isTrue());
            assertThat(farm.kubectl()
                            .get(BuildWorker.class, "bw", name)
                            .getStatus()
                            .agent()
                            .isolation())
                    .as("isolation that the agent of %s has tried", name)
                    .contains(Isolation.UserNamespace, Isolation.Chroot);
        }
    }

    /** An image of one layer and one of several, which are mounted in different ways. */
    @ParameterizedTest
    @CsvSource({
        "true, local.test/busybox:1, bin/busybox", "true, local.test/build-debian:12, usr/bin/gcc",
        "false, local.test/busybox:1, bin/busybox", "false, local.test/build-debian:12, usr/bin/gcc"
    })
    void imageIsAVolume(boolean hostUsers, String image, String file, BuildFarm farm) {
        farm.kubectl().apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: reader}
            spec:
              hostUsers: %s
              restartPolicy: Never
              securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: read
                  image: "local.test/busybox:1"
                  command: [sh, -c]
                  args: ['stat -c "%%u %%n" "/packages/$0"; touch /packages/new 2>&1', %s]
                  volumeMounts: [{name: packages, mountPath: /packages, readOnly: true}]
              volumes: [{name: packages, image: {reference: "%s", pullPolicy: Never}}]
            """.formatted(hostUsers, file, image)).succeeded();
        farm.kubectl().ok("wait", "--for=jsonpath={.status.phase}=Failed", "pod/reader", BuildFarm.patience());
        assertThat(farm.kubectl().ok("logs", "reader").lines())
                .containsExactly("0 /packages/" + file, "touch: /packages/new: Read-only file system");
    }
}

package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds' environments, which may hold Secrets, are their own: the agent on their node sees every process of it. */
@ClusterTier
class UsersClusterIT {
    private static final String SECRET = "of-this-build-alone";

    @Test
    void operatorAgentsAndBuildsHaveDifferentUsers(BuildFarm farm) {
        var release = farm.cluster().kubectl(Cluster.RELEASE);
        var pods = Serialization.unmarshal(release.ok("get", "pods", "-o", "json"), PodList.class)
                .getItems();
        assertThat(pods)
                .extracting(
                        pod -> pod.getMetadata().getLabels().get("app.kubernetes.io/component"), UsersClusterIT::user)
                .contains(tuple("operator", 65530L), tuple("node-agent", 65531L))
                .noneMatch(row -> row.toList().contains(65532L));
        farm.submit("plain", "true");
        farm.await("plain", "Complete");
        assertThat(user(farm.pod("plain"))).isEqualTo(65532);
    }

    /** Who has the user of builds could read it, which shows that there is something to read. */
    @ParameterizedTest
    @CsvSource({"65531, 0", "65532, 1"})
    void whoSeesTheProcessesOfANodeReadsBuildsOnlyAsTheirUser(long user, int found, BuildFarm farm) {
        farm.submitOn("n1", "secretive", BuildFarm.UNTIL_RELEASED, "env: [{name: TOKEN, value: " + SECRET + "}]");
        farm.await("secretive", "Running");
        var image = farm.pod("secretive").getSpec().getContainers().get(0).getImage();
        farm.kubectl().apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: onlooker}
            spec:
              nodeName: n1
              restartPolicy: Never
              securityContext: {runAsNonRoot: true, runAsUser: %1$d, runAsGroup: %1$d}
              containers:
                - name: look
                  image: "%2$s"
                  command: [sh, -c]
                  args:
                    - |
                      found=0
                      for file in /host/proc/[0-9]*/environ; do
                        if cat "$file" 2>/dev/null | tr '\\0' '\\n' | grep -q '^TOKEN=%3$s$'; then found=1; fi
                      done
                      echo "found=$found"
                  volumeMounts: [{name: proc, mountPath: /host/proc, readOnly: true}]
              volumes: [{name: proc, hostPath: {path: /proc, type: Directory}}]
            """.formatted(user, image, SECRET)).succeeded();
        farm.kubectl().ok("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/onlooker", BuildFarm.patience());
        assertThat(farm.kubectl().ok("logs", "onlooker").strip()).isEqualTo("found=" + found);
        farm.release("secretive");
        farm.await("secretive", "Complete");
    }

    private static long user(Pod pod) {
        return pod.getSpec().getSecurityContext().getRunAsUser();
    }
}

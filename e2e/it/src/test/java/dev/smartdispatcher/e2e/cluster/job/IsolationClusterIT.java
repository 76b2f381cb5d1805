package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Isolation by user namespaces, as a build sees it, and as its node does. */
@ClusterTier
class IsolationClusterIT {
    /** In the environment of a build, by which its processes are found on the node. */
    private static final String MARK = "ISOLATED=by-a-user-namespace";
    /** The kubelet's users of pods begin above those of the node, and each pod has so many. */
    private static final long USERS_OF_A_POD = 65536;

    private String policyBefore;

    @BeforeEach
    void allow(BuildFarm farm) {
        policyBefore = farm.kubectl().ok("get", "dispatchpolicy", "default", "-o", "jsonpath={.spec.isolation}");
        isolation(farm, """
            [{"name": "UserNamespace", "namespaceSelector": {}}, {"name": "Chroot", "namespaceSelector": {}}]""");
    }

    @AfterEach
    void restore(BuildFarm farm) {
        isolation(farm, policyBefore.isEmpty() ? "null" : policyBefore);
    }

    private static void isolation(BuildFarm farm, String rules) {
        var patch = "{\"spec\": {\"isolation\": " + rules + "}}";
        farm.kubectl().ok("patch", "dispatchpolicy", "default", "--type=merge", "-p", patch);
    }

    @ParameterizedTest
    @CsvSource({"UserNamespace, 65532", "Chroot, 0"})
    void theUserOfABuildIsAnotherOnItsNode(JobIsolation isolation, long user, BuildFarm farm) {
        farm.kubectl().apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: artifacts}
            spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
            """).succeeded();
        farm.submit(
                "isolated",
                "echo \"user $(id -u)\"; echo \"map\" $(cat /proc/self/uid_map); echo built >\"$BUILD_RESULTS/package\"; "
                        + BuildFarm.UNTIL_RELEASED,
                "requires: {isolation: " + isolation + "}",
                "results: {claimName: artifacts}",
                env());
        var worker = farm.await("isolated", "Running").allocation().worker();

        var log = farm.kubectl().ok("logs", "-l", "smartdispatcher.dev/job=isolated");
        assertThat(log.lines()).contains("user " + user);
        var map = numbers(log.lines()
                .filter(line -> line.startsWith("map "))
                .findFirst()
                .orElseThrow()
                .substring("map ".length()));
        assertThat(map).as("users inside, outside, how many").hasSize(3);
        assertThat(map.get(0)).isZero();
        assertThat(map.get(1)).isGreaterThanOrEqualTo(USERS_OF_A_POD);
        assertThat(map.get(2)).isEqualTo(USERS_OF_A_POD);
        assertThat(usersOnNode(farm, worker)).isNotEmpty().containsOnly(map.get(1) + user);

        farm.release("isolated");
        var results = farm.await("isolated", "Complete").results().directory();
        // Files on a claim belong to the build's user as it sees itself, so that builds in other namespaces can use
        // them.
        var claim = farm.kubectl().ok("get", "pvc", "artifacts", "-o", "jsonpath={.spec.volumeName}");
        var directory = farm.kubectl().ok("get", "pv", claim, "-o", "jsonpath={.spec.hostPath.path}");
        assertThat(onNode(farm, worker, "stat -c %u '" + directory + "/" + results + "/package'"))
                .isEqualTo(Long.toString(user));
    }

    @Test
    void aRootFileSystemIsUnpackedAndEntered(BuildFarm farm) {
        farm.submit(
                "root",
                String.join(
                        "; ",
                        "set -e",
                        "mkdir -p root/etc",
                        "for file in /bin/bash /bin/dash /usr/bin/id $(ldd /bin/bash /usr/bin/id | grep -o \"/lib[^ ]*\" | sort -u)",
                        "do mkdir -p \"root${file%/*}\"",
                        "cp -L \"$file\" \"root$file\"",
                        "done",
                        "echo \"packager:x:1000:1000::/:/bin/dash\" >root/etc/passwd",
                        "tar -cf root.tar --owner=packager:1000 --group=packager:1000 -C root .",
                        "mkdir unpacked",
                        "tar -xpf root.tar -C unpacked",
                        "echo \"owner $(stat -c %u unpacked/etc/passwd)\"",
                        "echo \"entered $(chroot unpacked /bin/dash -c \"id -u; echo /etc/*\" | paste -sd \" \")\"",
                        "echo \"as $(chroot --userspec=packager unpacked /usr/bin/id -un)\""),
                "requires: {isolation: Chroot}");
        farm.await("root", "Complete");
        assertThat(farm.kubectl()
                        .ok("logs", "-l", "smartdispatcher.dev/job=root")
                        .lines())
                .contains("owner 1000", "entered 0 /etc/passwd", "as packager");
    }

    private static String env() {
        var mark = MARK.split("=");
        return "env: [{name: " + mark[0] + ", value: " + mark[1] + "}]";
    }

    /** The users of a build's processes, as its node sees them. */
    private static List<Long> usersOnNode(BuildFarm farm, String node) {
        return numbers(onNode(farm, node, """
            for process in /proc/[0-9]*; do
              if tr '\\0' '\\n' 2>/dev/null <"$process/environ" | grep -qx '%s'; then
                awk '/^Uid:/ { print $2 }' "$process/status" 2>/dev/null || true
              fi
            done""".formatted(MARK)));
    }

    private static String onNode(BuildFarm farm, String node, String script) {
        return farm.cluster().run("exec", node, "--", "bash", "-c", script).strip();
    }

    private static List<Long> numbers(String text) {
        return Arrays.stream(text.strip().split("\\s+")).map(Long::valueOf).toList();
    }
}

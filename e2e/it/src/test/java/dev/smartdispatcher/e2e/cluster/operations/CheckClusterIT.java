package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of workers as only kubelets run them: what scripts do to their node, and what their results do to jobs. */
@ClusterTier
class CheckClusterIT {
    private static final String CHECK = "test-check";

    private BuildFarm farm;

    @BeforeEach
    void farm(BuildFarm started) {
        farm = started;
    }

    /** Of the whole cluster, so that the next test would have it too. */
    @AfterEach
    void remove() {
        farm.kubectl().run("delete", "wchk", CHECK, "--ignore-not-found");
    }

    @Test
    void aNodeThatFailsTakesNoJobThatAsks() {
        check("echo \"node=$CHECK_WORKER\"; [ \"$CHECK_WORKER\" != n2 ]", "");
        var passed = result("n1", r -> r.passed() != null);
        var failed = result("n2", r -> r.passed() != null);
        assertThat(passed.passed()).isTrue();
        assertThat(passed.attributes()).containsEntry("node", "n1");
        assertThat(failed.passed()).isFalse();
        assertThat(failed.exitCode()).isEqualTo(1);
        farm.submit("asks", "true", "requires: {checks: [" + CHECK + "]}");
        assertThat(farm.await("asks", "Complete").lastAttempt().orElseThrow().worker())
                .isEqualTo("n1");
    }

    /** A run for each: how it ends, and that the node takes the next run as before. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "sleep 600                                            @ stopped after 5 s",
                // Of its user, whose processes are limited, and in its memory.
                "bomb() { bomb | bomb & }; bomb; sleep 600            @ ''",
                "yes                                                  @ stopped after 5 s",
                "printf '\\377\\376\\n'; exit 3                       @ exit code 3",
                "kill -s SEGV $$                                      @ exit code 139 (signal 11)",
                "head -c 1000M /dev/zero | tail >/dev/null            @ ''",
                "dd if=/dev/zero of=a bs=1048576 count=200; sleep 600 @ ''"
            })
    void whateverAScriptDoesItEndsAtItsLimits(String script, String message) {
        check(script, "workerSelector: {matchLabels: {smartdispatcher.dev/test-check: n1}}");
        farm.kubectl().ok("label", "bw", "n1", "smartdispatcher.dev/test-check=n1", "--overwrite");
        var result = result("n1", r -> r.passed() != null);
        assertThat(result.passed()).as(result.message()).isFalse();
        assertThat(result.message()).startsWith(message);
        farm.kubectl().ok("label", "bw", "n1", "smartdispatcher.dev/test-check-");
        farm.submitOn("n1", "after", "true");
        farm.await("after", "Complete");
    }

    @Test
    void aMandatoryCheckClosesNodesAndOneThatIsAskedForOpensThem() {
        check("[ -e /etc/passwd ] && exit 1", "mandatory: true");
        result("n1", r -> Boolean.FALSE.equals(r.passed()));
        result("n2", r -> Boolean.FALSE.equals(r.passed()));
        farm.submit("waits", "true");
        farm.until(
                "waits", s -> s.waiting() != null && s.waiting().message().contains("2 " + Reason.CheckFailed.name()));
        check("true", "mandatory: true");
        farm.kubectl().ok("annotate", "bw", "n1", "smartdispatcher.dev/check=" + CHECK);
        assertThat(farm.await("waits", "Complete").holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"user-namespace, UserNamespace", "chroot, Chroot"})
    void theShippedChecksOfIsolationPassHere(String name, String isolation) throws Exception {
        var script = Files.readString(SourceTree.file("helm/smart-dispatcher/checks/" + name + ".sh"));
        check(script, "isolation: " + isolation);
        for (var node : Cluster.NODES) {
            var result = result(node, r -> r.passed() != null);
            assertThat(result.passed()).as(result.message()).isTrue();
        }
    }

    private void check(String script, String line) {
        farm.kubectl().apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: WorkerCheck
            metadata: {name: %s}
            spec:
              image: "local.test/build-debian:12"
              timeoutSeconds: 5
              script: |
            %s
              %s
            """.formatted(CHECK, script.indent(4), line)).succeeded();
    }

    private CheckResult result(String worker, Predicate<CheckResult> wanted) {
        return await("result of " + worker)
                .atMost(BuildFarm.PATIENCE)
                .until(() -> found(worker), found -> found.filter(wanted).isPresent())
                .orElseThrow();
    }

    private Optional<CheckResult> found(String worker) {
        var status = farm.kubectl().get(BuildWorker.class, "bw", worker).getStatus();
        return status == null
                ? Optional.empty()
                : status.checks().stream().filter(r -> r.name().equals(CHECK)).findFirst();
    }
}

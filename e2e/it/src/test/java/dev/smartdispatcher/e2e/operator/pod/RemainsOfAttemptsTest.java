package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.localnode.LocalNode;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.pods.NodeSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of attempts, from the build's own processes to the job's status; and what the next attempt learns of it. */
class RemainsOfAttemptsTest {
    private final Harness farm = new Harness();

    @TempDir
    private Path files;

    private LocalNode node;

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
        farm.close();
    }

    /** Real builds: the entry writes the claim, the operator says where. */
    private void realWorker() {
        var spec = NodeSpec.of("w", new Quantity("64"), new Quantity("64Gi"), new Quantity("500Gi"));
        node = LocalNode.start(farm.client(), files, List.of(spec));
        farm.register("w");
        farm.publish("w", 4, "8Gi", Instant.now());
        farm.apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: artifacts, namespace: default}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """, PersistentVolumeClaim.class);
        farm.withOperator();
    }

    private static final String CLAIM = "results: {claimName: artifacts}";

    @Test
    void everyAttemptSaysWhereItsFilesAreAndHowItsOutputEnded() {
        realWorker();
        farm.build(
                "j", "echo x > \"$BUILD_RESULTS/test.xml\"; echo broken >&2; exit 3", "retry: {onFailure: 1}", CLAIM);
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.attempts()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Reason.BuildFailed);
            assertThat(attempt.exitCode()).isEqualTo(3);
            assertThat(attempt.lastLines()).isEqualTo("broken");
            assertThat(attempt.results().claimName()).isEqualTo("artifacts");
            assertThat(attempt.results().directory()).isEqualTo("j/" + attempt.number());
            assertThat(kept(attempt.results().directory(), "test.xml")).hasContent("x");
            assertThat(kept(attempt.results().directory(), "log.gz")).isNotEmptyFile();
        });
        // Those of the job are of an attempt that succeeded.
        assertThat(status.results()).isNull();
    }

    @Test
    void ofAnAttemptThatSucceededThereIsNoEndOfOutput() {
        realWorker();
        farm.build("j", "echo x > \"$BUILD_RESULTS/pkg\"; echo done", CLAIM);
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Reason.Succeeded);
            assertThat(attempt.lastLines()).isNull();
            assertThat(attempt.results()).isEqualTo(status.results());
        });
        assertThat(kept(status.results().directory(), "pkg")).hasContent("x");
    }

    /** Without a claim the end of the output is all there is. */
    @Test
    void withoutAClaimNothingIsSaidToBeKept() {
        realWorker();
        farm.build("j", "printf \"\\377\\000last\\n\"; exit 3");
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.lastAttempt().orElseThrow().results()).isNull();
        assertThat(status.lastAttempt().orElseThrow().lastLines()).endsWith("last");
    }

    @Test
    void aFullVolumeOfAClassIsLargerTheNextTime() {
        farm.withOperator().worker("w", 2);
        farm.job("j", "resources: {disk: {size: 3Gi, storageClassName: fast}}");
        var first = farm.pod("j", 1);
        assertThat(storage(first)).isEqualTo(new Quantity("3Gi"));
        farm.kubelet()
                .ended(
                        first,
                        2,
                        "Error",
                        "{\\\"exitCode\\\":2,\\\"outOfDisk\\\":true,\\\"lastLines\\\":\\\"no space\\\"}");
        var second = farm.pod("j", 2);
        assertThat(storage(second)).isEqualTo(new Quantity("6Gi"));
        farm.kubelet().ended(second, 2, "Error", "{\\\"exitCode\\\":2,\\\"outOfDisk\\\":true}");
        farm.kubelet().ended(farm.pod("j", 3), 0);
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(storage(farm.pod("j", 3))).isEqualTo(new Quantity("12Gi"));
        assertThat(status.holds(BuildJobStatus.COMPLETE)).isTrue();
        assertThat(status.attempts())
                .extracting(a -> a.outcome())
                .containsExactly(Reason.OutOfDisk, Reason.OutOfDisk, Reason.Succeeded);
        assertThat(status.attempts().get(0).lastLines()).isEqualTo("no space");
    }

    private static Quantity storage(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(v -> v.getEphemeral() != null)
                .findFirst()
                .orElseThrow()
                .getEphemeral()
                .getVolumeClaimTemplate()
                .getSpec()
                .getResources()
                .getRequests()
                .get("storage");
    }

    private Path kept(String directory, String file) {
        var path = node.claim("default", "artifacts").resolve(directory).resolve(file);
        assertThat(Files.exists(path)).as(path.toString()).isTrue();
        return path;
    }
}

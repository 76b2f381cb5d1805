package dev.smartdispatcher.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.localnode.LocalNode;
import dev.smartdispatcher.e2e.localnode.NodeSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator as a process of its own, killed with -9 in the middle of a run and started again. */
class KilledOperatorTest {
    private static final int JOBS = 12;

    @TempDir
    Path files;

    private final Harness farm = new Harness();
    private LocalNode node;
    private Process operator;

    @AfterEach
    void close() {
        if (operator != null) {
            operator.destroyForcibly();
        }
        if (node != null) {
            node.close();
        }
        farm.close();
    }

    @Test
    void finishesEveryJobOnce() throws Exception {
        farm.worker("w", 4);
        farm.client.nodes().withName("w").delete();
        node = LocalNode.start(
                farm.client,
                files,
                List.of(NodeSpec.of("w", new Quantity("64"), new Quantity("64Gi"), new Quantity("500Gi"))));
        farm.client.resource("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: shared, namespace: default}
                spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
                """).create();
        operator = startOperator();
        // Each run leaves a line: a job that runs twice leaves two.
        for (int i = 0; i < JOBS; i++) {
            farm.job("j" + i, "echo run >> \"$SHARED/$BUILD_PACKAGE\"; sleep 2", """
                    parallelism: {max: 1}
                      env: [{name: SHARED, value: /shared}]
                      volumes: [{name: shared, persistentVolumeClaim: {claimName: shared}}]
                      volumeMounts: [{name: shared, mountPath: /shared}]
                      resources: {memory: {base: 16Mi, perProcess: 16Mi}, disk: {size: 16Mi}}""");
        }
        await().atMost(Duration.ofSeconds(40)).until(() -> finished() >= JOBS / 4);
        operator.destroyForcibly().waitFor();
        operator = startOperator();
        await().atMost(Duration.ofSeconds(60)).until(() -> finished() == JOBS);
        for (int i = 0; i < JOBS; i++) {
            var status = farm.status("j" + i);
            assertThat(status.holds(BuildJobStatus.COMPLETE))
                    .as(status.toString())
                    .isTrue();
            assertThat(status.attempts()).hasSize(1);
            assertThat(Files.readAllLines(node.claim("default", "shared").resolve("j" + i)))
                    .containsExactly("run");
        }
        assertThat(farm.pods()).hasSize(JOBS);
    }

    private long finished() {
        return IntStream.range(0, JOBS)
                .filter(i -> farm.status("j" + i).finished())
                .count();
    }

    private Process startOperator() throws IOException {
        var builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.smartdispatcher.operator.Main",
                "--no-leader-election",
                // The embedded API knows WebSockets only.
                "--no-http-watches",
                "--health-port=0");
        builder.environment().put("KUBERNETES_MASTER", farm.cluster.url());
        builder.environment().put("KUBECONFIG", files.resolve("none").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(files.resolve("operator.log").toFile())
                .start();
    }
}

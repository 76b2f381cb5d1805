package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.process.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The API server fails after it was found to have all that the operator needs: the framework asks once whether it may elect. */
class FailingStartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedCluster cluster = EmbeddedCluster.start();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path files;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void theProcessEndsWithASentenceAndCanBeStartedAgain() throws IOException {
        var away = cluster.faults().failWhile(request -> request.resource().equals("selfsubjectrulesreviews"), 503);
        try (var operator = start()) {
            assertThat(operator.server().exitStatus(PATIENCE)).hasValue(1);
            assertThat(operator.log())
                    .anyMatch(line -> line.contains("the operator ends, to be started again: the API server failed"
                            + " while it started: 503 injected by the test"))
                    .noneMatch(line -> line.startsWith("\tat "));
        }
        away.run();
        try (var operator = start()) {
            operator.awaitReady();
        }
    }

    private OperatorProcess start() throws IOException {
        var kubeconfig = Files.writeString(files.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "%s"}}]
            contexts: [{name: c, context: {cluster: c, user: u, namespace: default}}]
            users: [{name: u, user: {}}]
            current-context: c
            """.formatted(cluster.url()));
        return OperatorProcess.start(
                kubeconfig, files.resolve("operator.log"), OperatorProcess.SMALL, List.of("--namespace=default"));
    }
}

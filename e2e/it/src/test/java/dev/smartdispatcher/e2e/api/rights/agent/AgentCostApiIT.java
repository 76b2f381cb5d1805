package dev.smartdispatcher.e2e.api.rights.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.Main;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.process.FreePort;
import dev.smartdispatcher.e2e.process.OperatorProcess;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an agent costs that runs as in its image: prints the time from its start to its first facts, and its resident memory after
 * {@code -Dagent.seconds} (5). {@code -Dagent.java} is another Java, as that of the image. Times are not judged; that it runs
 * with so little memory is.
 */
@ApiTier
class AgentCostApiIT {
    private static final String NODE = "cost-a";
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** As the image has them, for the memory limit of the chart, 192Mi. */
    private static final List<String> JVM =
            List.of("-Xmx38m", "-Xss512k", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError");

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;

    AgentCostApiIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        admin = controlPlane.admin();
    }

    @Test
    void anIdleAgentCostsLittle(@TempDir Path state) throws Exception {
        HollowWorker.of(NODE, 4).register(admin);
        admin.resources(BuildWorker.class).withName(NODE).delete();
        var before = System.nanoTime();
        var agent = start(state);
        try {
            await("first facts")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> observed().isPresent());
            double seconds = (System.nanoTime() - before) / 1e9;
            agent.waitFor(Integer.getInteger("agent.seconds", 5), TimeUnit.SECONDS);
            System.out.printf(
                    "agent: %.1f s from start to first facts; then resident %s, of which anonymous %s%n",
                    seconds, memory(agent, "VmRSS"), memory(agent, "RssAnon"));
            assertThat(agent.isAlive()).isTrue();
        } finally {
            agent.destroyForcibly();
            Leftovers.remove(admin);
        }
    }

    private Process start(Path state) throws IOException {
        var command = new ArrayList<>(List.of(System.getProperty("agent.java", OperatorProcess.java("java"))));
        command.addAll(JVM);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--node-name=" + NODE,
                "--build-path=/",
                "--state-dir=" + state,
                "--health-port=" + FreePort.find(),
                "--metrics-port=" + FreePort.find()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(state.resolve("agent.log").toFile());
        builder.environment()
                .putAll(Map.of("KUBECONFIG", controlPlane.kubeconfig(NODE, null).toString()));
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        return builder.start();
    }

    private Optional<Instant> observed() {
        return Optional.ofNullable(
                        admin.resources(BuildWorker.class).withName(NODE).get())
                .map(BuildWorker::getStatus)
                .map(status -> status.agent())
                .map(facts -> facts.observedTime());
    }

    private static String memory(Process agent, String field) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(agent.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.substring(field.length() + 1).strip())
                    .findFirst()
                    .orElseThrow();
        }
    }
}

package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.agent.publish.KubernetesWorkerApi;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.process.OperatorRun;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API server notes when an agent's facts were written: its clock counts, not the node's. */
@ApiTier
class AgentClockApiIT {
    private static final String WORKER = "clock-1";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final KubernetesClient client;

    AgentClockApiIT(KubernetesClient client) {
        this.client = client;
    }

    @BeforeEach
    void register() {
        HollowWorker.of(WORKER, 2).register(client);
    }

    @AfterEach
    void remove() {
        client.resources(BuildWorker.class).withName(WORKER).delete();
        client.resources(Node.class).withName(WORKER).delete();
    }

    @Test
    void anAgentLearnsTheApiServersTime() throws Exception {
        var api = new KubernetesWorkerApi(client);
        assertThat(api.noted()).isEmpty();
        var before = Instant.now();
        publishedAt(api, before);
        assertThat(api.noted())
                .hasValueSatisfying(noted -> assertThat(noted).isBetween(before.minusSeconds(1), Instant.now()));
    }

    @Test
    void aClockThatIsBehindIsAWarningAndNotSilence() throws Exception {
        publishedAt(new KubernetesWorkerApi(client), Instant.now().minus(Duration.ofMinutes(4)));
        try (var operator = OperatorRun.start(client)) {
            var worker = until(BuildWorkerStatus.CLOCK_SKEWED, "ClockSkewed");
            assertThat(worker.getStatus().condition(BuildWorkerStatus.CLOCK_SKEWED))
                    .hasValueSatisfying(c -> assertThat(c.message()).contains("more than 2 minutes behind"));
            assertThat(reason(worker, BuildWorkerStatus.SCHEDULABLE)).isEqualTo("AcceptingBuilds");
        }
    }

    /** An operator that sees the worker for the first time four minutes after it was heard last, whatever it said of the time. */
    @Test
    void aDeadAgentIsSilentForAnOperatorThatHasJustStarted() throws Exception {
        publishedAt(new KubernetesWorkerApi(client), Instant.parse("2076-01-01T00:00:00Z"));
        var later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(4));
        try (var operator = OperatorRun.start(client, later)) {
            until(BuildWorkerStatus.SCHEDULABLE, "Silent");
        }
    }

    private void publishedAt(KubernetesWorkerApi api, Instant agentTime) throws Exception {
        var facts = client.resources(BuildWorker.class)
                .withName(WORKER)
                .get()
                .getStatus()
                .agent();
        var told = Serialization.jsonMapper();
        var tree = told.<ObjectNode>valueToTree(facts);
        tree.put("observedTime", agentTime.truncatedTo(ChronoUnit.SECONDS).toString());
        assertThat(api.apply(WORKER, told.treeToValue(tree, facts.getClass()))).isTrue();
    }

    private BuildWorker until(String condition, String reason) {
        return await(condition + " " + reason)
                .atMost(PATIENCE)
                .until(
                        () -> client.resources(BuildWorker.class)
                                .withName(WORKER)
                                .get(),
                        worker -> reason(worker, condition).equals(reason));
    }

    private static String reason(BuildWorker worker, String condition) {
        return worker.getStatus().condition(condition).map(c -> c.reason()).orElse("");
    }
}

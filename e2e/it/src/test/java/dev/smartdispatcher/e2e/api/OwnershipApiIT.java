package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.publish.KubernetesWorkerApi;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.AgentFactsBuilder;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import dev.smartdispatcher.operator.controller.worker.BuildWorkerReconciler;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker's status has two writers, agent and operator: each owns its own fields, and neither touches the other's. */
@ApiTier
class OwnershipApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String AGENT = KubernetesWorkerApi.FIELD_MANAGER;
    private static final String OPERATOR = BuildWorkerReconciler.FIELD_MANAGER;

    private final KubernetesClient client;
    private final KubernetesWorkerApi agent;
    private SmartDispatcher operator;

    OwnershipApiIT(KubernetesClient client) {
        this.client = client;
        agent = new KubernetesWorkerApi(client);
    }

    @BeforeEach
    void start() {
        Farm.of(client, "owned");
        operator = OperatorRun.start(client);
        await("the operator's fields")
                .atMost(PATIENCE)
                .until(() -> status().budget() != null
                        && status().condition(BuildWorkerStatus.SCHEDULABLE)
                                .filter(Condition::holds)
                                .isPresent());
    }

    @AfterEach
    void stop() {
        operator.close();
        Leftovers.remove(client);
    }

    @Test
    void agentAndOperatorOwnDisjointFields() {
        assertThat(owned(AGENT)).containsExactly("f:agent");
        assertThat(owned(OPERATOR)).containsExactlyInAnyOrder("f:budget", "f:allocation", "f:conditions", "f:hostArch");
    }

    @Test
    void operatorsWritesLeaveTheFacts() {
        var facts = status().agent();
        worker().patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/drain\":\"kernel update\"}}}");
        await("drained").atMost(PATIENCE).until(() -> status().condition(BuildWorkerStatus.DRAINED)
                .orElseThrow()
                .holds());
        assertThat(status().agent()).isEqualTo(facts);
        assertThat(owned(AGENT)).containsExactly("f:agent");
    }

    @Test
    void factsThatAreNoLongerPublishedVanishAndTheOperatorsFieldsStay() throws Exception {
        var before = status();
        assertThat(before.agent().targets()).isNotEmpty();
        agent.apply("owned", published(before.agent().recommendedLimits()));
        assertThat(status().agent().targets()).isEmpty();
        assertThat(status().budget()).isEqualTo(before.budget());
        assertThat(status().condition(BuildWorkerStatus.SCHEDULABLE)).isPresent();

        agent.apply("owned", published(new Amounts(null, null, null, 1)));
        assertThat(status().agent().recommendedLimits()).isEqualTo(new Amounts(null, null, null, 1));
        await("the budget follows")
                .atMost(PATIENCE)
                .until(() -> status().budget() == null
                        || Integer.valueOf(1).equals(status().budget().jobs()));
        assertThat(owned(OPERATOR)).contains("f:conditions");
    }

    @Test
    void agentThatClaimsTheOperatorsFieldsIsRefused() {
        var before = status();
        var claim = """
            {"apiVersion": "smartdispatcher.dev/v1alpha1", "kind": "BuildWorker", "metadata": {"name": "owned"},
             "status": {"agent": {"observedTime": "%s"}, "budget": {"jobs": 99}}}\
            """.formatted(now());
        assertThatThrownBy(() -> worker().subresource("status")
                        .patch(
                                new PatchContext.Builder()
                                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                        .withFieldManager(AGENT)
                                        .withForce(false)
                                        .build(),
                                claim))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
                    assertThat(e.getMessage()).contains(OPERATOR).contains(".status.budget.jobs");
                });
        assertThat(status()).isEqualTo(before);
    }

    private static AgentFacts published(Amounts limits) {
        return AgentFactsBuilder.builder()
                .observedTime(now())
                .hostArch("x86_64")
                .recommendedLimits(limits)
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private Resource<BuildWorker> worker() {
        return client.resources(BuildWorker.class).withName("owned");
    }

    private BuildWorkerStatus status() {
        return worker().get().getStatus() == null
                ? BuildWorkerStatus.EMPTY
                : worker().get().getStatus();
    }

    /** The fields of the status, on its first level, that a manager owns by server-side apply. */
    private Set<String> owned(String manager) {
        return worker().get().getMetadata().getManagedFields().stream()
                .filter(entry -> manager.equals(entry.getManager())
                        && "Apply".equals(entry.getOperation())
                        && "status".equals(entry.getSubresource()))
                .map(OwnershipApiIT::statusFields)
                .findFirst()
                .orElse(Set.of());
    }

    @SuppressWarnings("unchecked")
    private static Set<String> statusFields(ManagedFieldsEntry entry) {
        var fields = entry.getFieldsV1().getAdditionalProperties();
        assertThat(fields).containsOnlyKeys("f:status");
        return ((Map<String, Object>) fields.get("f:status")).keySet();
    }
}

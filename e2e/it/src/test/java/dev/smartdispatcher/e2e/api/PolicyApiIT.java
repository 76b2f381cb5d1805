package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.policy.QueueStatus;
import dev.smartdispatcher.api.policy.QueueStatus.ReasonCount;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one DispatchPolicy on a real API server: what it cannot say, what it shows, and what is in force without it. */
@ApiTier
class PolicyApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final KubernetesClient client;

    PolicyApiIT(KubernetesClient client) {
        this.client = client;
    }

    @AfterEach
    void clean() {
        Leftovers.remove(client);
    }

    @Test
    void aSecondOneOrANegativeWeightIsRefusedByTheFieldsName() {
        assertThatThrownBy(() -> client.resource(policy("second")).create())
                .hasMessageContaining("metadata.name must be default");
        client.resource(policy(DispatchPolicy.NAME)).create();
        assertThatThrownBy(() -> patch("{\"tenants\":[{\"namespaceSelector\":{},\"weight\":-1}]}"))
                .hasMessageContaining("spec.tenants[0].weight");
        assertThatThrownBy(() -> patch("{\"tenants\":[{\"namespaceSelector\":{},\"maxJobs\":-1}]}"))
                .hasMessageContaining("spec.tenants[0].maxJobs");
        assertThatThrownBy(() -> patch("{\"usageHalfLifeSeconds\":0}")).hasMessageContaining("usageHalfLifeSeconds");
    }

    @Test
    void theQueueIsShownByReasonAndADeletedPolicyIsTold() {
        var farm = Farm.of(client, "policy-1");
        // Before the operator, which may see a job sooner than a policy that was written before it.
        client.resource(policy(DispatchPolicy.NAME)).create();
        patch("{\"tenants\":[{\"namespaceSelector\":{},\"maxJobs\":1}]}");
        try (var nodes = HollowNodes.startBinding(client, Duration.ofDays(1), 2);
                var operator = OperatorRun.start(client)) {
            farm.job("first");
            farm.until("first", s -> s.liveAttempt().isPresent());
            farm.job("second");
            farm.job("third");
            farm.job("unknown", "image: x", "requires: {isolation: KVM}");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(queue())
                    .isEqualTo(new QueueStatus(
                            3,
                            1,
                            List.of(
                                    new ReasonCount(Reason.TenantLimit, 2),
                                    new ReasonCount(Reason.IsolationNotAllowed, 1)))));
            resource().delete();
            // By the defaults there is no limit.
            farm.until("third", s -> s.liveAttempt().isPresent());
            var event = await().atMost(PATIENCE).until(this::deletion, Objects::nonNull);
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getMessage()).contains("the defaults apply");
        }
    }

    private QueueStatus queue() {
        return Optional.ofNullable(resource().get().getStatus())
                .map(s -> s.queue())
                .orElse(null);
    }

    private Event deletion() {
        return client.v1().events().inAnyNamespace().list().getItems().stream()
                .filter(e -> e.getReason().equals(Reason.PolicyDeleted.name()))
                .findFirst()
                .orElse(null);
    }

    private static DispatchPolicy policy(String name) {
        var policy = new DispatchPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
        policy.setSpec(DispatchPolicySpec.STANDARD);
        return policy;
    }

    private Resource<DispatchPolicy> resource() {
        return client.resources(DispatchPolicy.class).withName(DispatchPolicy.NAME);
    }

    private void patch(String spec) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }
}

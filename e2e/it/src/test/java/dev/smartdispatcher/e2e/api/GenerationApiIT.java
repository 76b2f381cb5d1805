package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentStatus;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The generation rises with the spec alone, and every condition follows it. {@code kubectl wait --for=condition} does not
 * believe a condition of an older generation: it would wait for ever.
 */
@ApiTier
class GenerationApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final KubernetesClient client;
    private Farm farm;
    private HollowNodes nodes;
    private SmartDispatcher operator;

    GenerationApiIT(KubernetesClient client) {
        this.client = client;
    }

    @BeforeEach
    void start() {
        farm = Farm.of(client, "gen-1");
        nodes = HollowNodes.startBinding(client, Duration.ofMillis(50), 2);
        operator = OperatorRun.start(client);
    }

    @AfterEach
    void stop() {
        operator.close();
        nodes.close();
        Leftovers.remove(client);
    }

    @Test
    void jobsLifeRaisesNoGenerationAndAnEditOfItsSpecIsObservedEvenAfterwards() {
        farm.job("gen");
        farm.until("gen", BuildJobStatus::finished);
        merge(job(), "{\"metadata\":{\"labels\":{\"team\":\"a\"},\"annotations\":{\"note\":\"b\"}}}");
        assertThat(job().get().getMetadata().getGeneration()).isEqualTo(1);
        assertObserved(conditions(job().get()), 1);

        var before = job().get().getStatus();
        merge(job(), "{\"spec\":{\"ttlSecondsAfterFinished\":7200}}");
        assertThat(job().get().getMetadata().getGeneration()).isEqualTo(2);
        await("the edit is observed").atMost(PATIENCE).untilAsserted(() -> assertObserved(conditions(job().get()), 2));
        var after = job().get().getStatus();
        assertThat(after.attempts()).isEqualTo(before.attempts());
        assertThat(after.conditions())
                .extracting(Condition::lastTransitionTime)
                .isEqualTo(before.conditions().stream()
                        .map(Condition::lastTransitionTime)
                        .toList());
    }

    @Test
    void workersConditionsFollowItsSpec() {
        var worker = client.resources(BuildWorker.class).withName("gen-1");
        await("conditions").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(worker.get().getStatus().conditions())
                    .extracting(Condition::type)
                    .contains(BuildWorkerStatus.SCHEDULABLE, BuildWorkerStatus.DRAINED);
            assertObserved(worker.get().getStatus().conditions(), 1);
        });
        merge(worker, "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/drain\":\"kernel update\"}}}");
        await("drained").atMost(PATIENCE).until(() -> worker.get()
                .getStatus()
                .condition(BuildWorkerStatus.DRAINED)
                .orElseThrow()
                .holds());
        assertThat(worker.get().getMetadata().getGeneration()).isEqualTo(1);
        merge(worker, "{\"spec\":{\"limits\":{\"jobs\":2}}}");
        assertThat(worker.get().getMetadata().getGeneration()).isEqualTo(2);
        await("the edit is observed")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertObserved(worker.get().getStatus().conditions(), 2));
    }

    @Test
    void environmentsConditionFollowsItsSpec() {
        var environment = client.resources(BuildEnvironment.class).withName("debian");
        await("valid").atMost(PATIENCE).until(() -> environment.get().getStatus() != null);
        assertThat(environment.get().getStatus().conditions())
                .extracting(Condition::type)
                .containsExactly(BuildEnvironmentStatus.VALID);
        merge(environment, "{\"spec\":{\"image\":\"local.test/debian:13\"}}");
        await("the edit is observed")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertObserved(environment.get().getStatus().conditions(), 2));
        assertThat(environment.get().getMetadata().getGeneration()).isEqualTo(2);
    }

    /** It has no conditions; its status is the queue. */
    @Test
    void queueRaisesNoGenerationOfThePolicy() {
        farm.job("gen");
        farm.until("gen", BuildJobStatus::finished);
        var policy = client.resources(DispatchPolicy.class).withName(DispatchPolicy.NAME);
        await("queue").atMost(PATIENCE).until(() -> policy.get().getStatus() != null);
        assertThat(policy.get().getMetadata().getGeneration()).isEqualTo(1);
    }

    private Resource<BuildJob> job() {
        return client.resources(BuildJob.class).inNamespace("default").withName("gen");
    }

    private static List<Condition> conditions(BuildJob job) {
        return job.getStatus().conditions();
    }

    private static void assertObserved(List<Condition> conditions, long generation) {
        assertThat(conditions)
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.observedGeneration()).as(c.type()).isEqualTo(generation));
    }

    private static <T extends HasMetadata> void merge(Resource<T> resource, String patch) {
        resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }
}

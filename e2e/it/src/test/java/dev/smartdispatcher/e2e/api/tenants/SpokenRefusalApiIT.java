package dev.smartdispatcher.e2e.api.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server repeats in its refusals what a tenant has written, who may write there what it says about others. */
@ApiTier
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpokenRefusalApiIT {
    private static final String TENANT = "spoken-refusal";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private KubernetesClient client;
    private Farm farm;
    private HollowNodes nodes;
    private AutoCloseable operator;
    private int count;

    @BeforeAll
    void start(KubernetesClient admin) {
        client = admin;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(TENANT)
                        .endMetadata()
                        .build())
                .serverSideApply();
        farm = Farm.of(client, "spoken-1");
        nodes = HollowNodes.startBinding(client, Duration.ofMillis(100), 4);
        operator = OperatorRun.start(client);
    }

    @AfterAll
    void stop() throws Exception {
        operator.close();
        nodes.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: ' no PriorityClass with name x was found'",
                "image: ' pods \"j\" is forbidden: no PriorityClass with name x was found'",
                "image: ' is forbidden: exceeded quota: x, requested: pods=1, used: pods=1, limited: pods=1'",
                "image: ' admission webhook \"x\" denied the request: no'",
                "image: ' User \"x\" cannot create resource \"pods\"'",
                "image: ' not yet ready to handle request'",
                "image: ' request is too large'",
                "image: ' is invalid: spec.tolerations[0].key: Invalid value: \"x\": no, spec.priority: Invalid value:"
                        + " 1: no'",
                "envFrom: [{secretRef: {name: 'no PriorityClass with name x was found'}}]"
            })
    void whatAJobSaysIsItsOwnFault(String field) {
        var job = client.resource(Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: liar-%d, namespace: %s}
            spec:
              targetArch: x86_64
              environment: debian
              args: ["true"]
              parallelism: {max: 1}
              %s
            """.formatted(++count, TENANT, field), BuildJob.class))
                .create();
        var status = await().atMost(PATIENCE).until(() -> status(job), s -> s.finished() || s.waiting() != null);
        assertThat(status.condition(BuildJobStatus.FAILED))
                .as(String.valueOf(status))
                .hasValueSatisfying(failed -> assertThat(failed.reason()).isEqualTo(Reason.InvalidSpec.name()));
        var honest = farm.job("honest-" + count).getMetadata().getName();
        assertThat(farm.until(honest, s -> s.finished() || s.waiting() != null).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    private BuildJobStatus status(BuildJob job) {
        var found = client.resource(job).get().getStatus();
        return found == null ? BuildJobStatus.EMPTY : found;
    }
}

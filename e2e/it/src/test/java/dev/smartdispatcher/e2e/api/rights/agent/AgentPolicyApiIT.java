package dev.smartdispatcher.e2e.api.rights.agent;

import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.APPLY;
import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.delete;
import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.facts;
import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.patch;
import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.patchStatus;
import static dev.smartdispatcher.e2e.api.rights.agent.WorkerRequests.worker;
import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.publish.KubernetesWorkerApi;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatusBuilder;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.e2e.api.rights.ServiceAccount;
import dev.smartdispatcher.e2e.api.rights.ShippedRights;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an agent is refused by the admission policy, with tokens as the API server signs them. The agent's role here allows
 * everything, so that nothing but the policy refuses; what the shipped role refuses by itself is in {@link AgentRoleApiIT}.
 */
@ApiTier
class AgentPolicyApiIT {
    private static final String A = AgentRequest.WORKER;
    private static final String B = "policy-b";
    private static final String OPERATORS_STATUS = """
            {"status": {"budget": {"cpu": "4", "memory": "8Gi"}, "allocation": {"cpu": "1", "memory": "1Gi", "jobs": 1},
             "conditions": [{"type": "Drained", "status": "False", "reason": "BuildsRunning", "message": "one",
                             "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1}]}}""";

    private static KubernetesClient admin;
    private static KubernetesClient agentOnA;
    private static KubernetesClient agentOfNodeB;
    private static KubernetesClient agentUnbound;

    @BeforeAll
    static void install(ControlPlane controlPlane) {
        admin = controlPlane.admin();
        var rights = ShippedRights.in(admin);
        var agent = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.AGENT);
        rights.bind(
                new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("smart-dispatcher-test-everything")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("smartdispatcher.dev")
                        .withResources("*")
                        .withVerbs("*")
                        .endRule()
                        .build(),
                agent);
        rights.apply("agent-policy.yaml");
        Stream.of(A, B).forEach(node -> HollowWorker.of(node, 4).register(admin));
        agentOnA = controlPlane.client(agent.tokenOfPodOn(A));
        agentOfNodeB = controlPlane.client(agent.tokenOfNode(B));
        agentUnbound = controlPlane.client(agent.token());
        await("the policy's effect")
                .atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> {
                    assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> agentOnA.resource(worker("policy-probe"))
                                    .dryRun()
                                    .create())
                            .hasMessageContaining("ValidatingAdmissionPolicy");
                    return true;
                });
    }

    /** Both workers with facts and with what the operator has found. */
    @BeforeEach
    void workers() {
        Leftovers.removeWorkers(admin);
        for (var name : List.of(A, B)) {
            admin.resource(worker(name)).create();
            HollowWorker.of(name, 4).beat(admin);
            patchStatus(admin, name, OPERATORS_STATUS);
        }
    }

    @Test
    void anAgentCreatesItsWorkerAndPublishesItsFacts() throws Exception {
        admin.resources(BuildWorker.class).withName(A).delete();
        var api = new KubernetesWorkerApi(agentOnA);
        assertThat(api.apply(A, facts("armv7l"))).as("there is no such worker").isFalse();
        api.create(A);
        api.create(A);
        assertThat(api.apply(A, facts("armv7l"))).isTrue();
        assertThat(api.apply(A, facts("aarch64"))).isTrue();
        assertThat(get(A).getStatus().agent().hostArch()).isEqualTo("aarch64");
    }

    @Test
    void factsLeaveTheOperatorsPartAsItIs() throws Exception {
        var before = get(A).getStatus();
        assertThat(new KubernetesWorkerApi(agentOnA).apply(A, facts("s390x"))).isTrue();
        patchStatus(agentOnA, A, "{\"status\": {\"agent\": {\"hostArch\": \"riscv64\"}}}");
        var after = get(A).getStatus();
        assertThat(after.agent().hostArch()).isEqualTo("riscv64");
        assertThat(List.of(after.budget(), after.allocation(), after.conditions()))
                .isEqualTo(List.of(before.budget(), before.allocation(), before.conditions()));
    }

    @Test
    void aTokenOfANodeIsAsGoodAsThatOfAPodOnIt() throws Exception {
        assertThat(new KubernetesWorkerApi(agentOfNodeB).apply(B, facts("ppc64le")))
                .isTrue();
        assertRefused(
                        HttpURLConnection.HTTP_FORBIDDEN,
                        () -> patchStatus(agentOfNodeB, A, "{\"status\": {\"agent\": {}}}"))
                .hasMessageContaining("the agent on node policy-b may not write the BuildWorker policy-a");
    }

    /** The API server takes from a write of the status nothing but the status, before any policy sees it. */
    @Test
    void metadataAndSpecInAWriteOfTheStatusAreIgnored() {
        patchStatus(agentOnA, A, """
                {"metadata": {"labels": {"pool": "fast"}, "annotations": {"smartdispatcher.dev/drain": "x"}},
                 "spec": {"hostArch": "armv7l"}, "status": {"agent": {"hostArch": "aarch64"}}}""");
        var worker = get(A);
        assertThat(worker.getStatus().agent().hostArch()).isEqualTo("aarch64");
        assertThat(worker.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(worker.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(worker.getSpec() == null || worker.getSpec().hostArch() == null)
                .isTrue();
    }

    @Test
    void aStatusInACreationIsIgnored() {
        admin.resources(BuildWorker.class).withName(A).delete();
        agentOnA.resource(worker(A, "status: {allocation: {cpu: '1'}}")).create();
        assertThat(get(A).getStatus()).isNull();
    }

    @ParameterizedTest
    @MethodSource
    void refused(AgentRequest request) {
        if (request.creates()) {
            admin.resources(BuildWorker.class).withName(A).delete();
        }
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> request.act().accept(agentOnA))
                .hasMessageContaining("ValidatingAdmissionPolicy 'smart-dispatcher-agent'")
                .hasMessageContaining(request.complaint());
    }

    static Stream<AgentRequest> refused() {
        var otherWorker = "the agent on node policy-a may not write the BuildWorker policy-b";
        var mainResource = "an agent may not change the metadata or the spec of its BuildWorker";
        var plain = "only without labels, annotations, finalizers and owners";
        var siblings = "an agent may change only status.agent";
        return Stream.of(
                new AgentRequest(
                        "create another node's worker",
                        true,
                        c -> {
                            admin.resources(BuildWorker.class).withName(B).delete();
                            c.resource(worker(B)).create();
                        },
                        otherWorker),
                new AgentRequest(
                        "create a worker of a generated name",
                        true,
                        c -> {
                            var worker = new BuildWorker();
                            worker.getMetadata().setGenerateName(A);
                            c.resource(worker).create();
                        },
                        "the agent on node policy-a may not write the BuildWorker policy-a"),
                AgentRequest.of(
                        "apply another's facts", c -> HollowWorker.of(B, 4).beat(c), otherWorker),
                AgentRequest.of(
                        "patch another's status", c -> patchStatus(c, B, "{\"status\": {\"agent\": {}}}"), otherWorker),
                AgentRequest.of("delete another's", c -> delete(c, B), otherWorker),
                AgentRequest.of("delete its own", c -> delete(c, A), "an agent may not delete a BuildWorker"),
                AgentRequest.of(
                        "delete all",
                        c -> c.resources(BuildWorker.class).delete(),
                        "an agent may not delete a BuildWorker"),
                AgentRequest.of(
                        "set its spec", c -> patch(c, A, "{\"spec\": {\"limits\": {\"cpu\": \"64\"}}}"), mainResource),
                AgentRequest.of(
                        "label itself",
                        c -> patch(c, A, "{\"metadata\": {\"labels\": {\"pool\": \"fast\"}}}"),
                        mainResource),
                AgentRequest.of(
                        "drain itself",
                        c -> patch(c, A, "{\"metadata\": {\"annotations\": {\"smartdispatcher.dev/drain\": \"x\"}}}"),
                        mainResource),
                AgentRequest.of(
                        "hold itself by a finalizer",
                        c -> patch(c, A, "{\"metadata\": {\"finalizers\": [\"example.com/hold\"]}}"),
                        mainResource),
                AgentRequest.of(
                        "replace itself",
                        c -> c.resource(c.resources(BuildWorker.class)
                                        .withName(A)
                                        .get())
                                .update(),
                        mainResource),
                AgentRequest.creating("spec: {hostArch: armv7l}", "only with an empty spec"),
                AgentRequest.creating("metadata: {name: policy-a, labels: {pool: fast}}", plain),
                AgentRequest.creating("metadata: {name: policy-a, annotations: {smartdispatcher.dev/drain: x}}", plain),
                AgentRequest.creating("metadata: {name: policy-a, finalizers: [example.com/hold]}", plain),
                AgentRequest.creating(
                        "metadata: {name: policy-a, ownerReferences: [{apiVersion: v1, kind: Node, name: policy-a, uid: x}]}",
                        plain),
                AgentRequest.status("{\"status\": {\"budget\": {\"cpu\": \"64\"}}}", siblings),
                AgentRequest.status("{\"status\": {\"allocation\": {\"jobs\": 0}}}", siblings),
                AgentRequest.status("{\"status\": {\"conditions\": []}}", siblings),
                AgentRequest.status("{\"status\": {\"budget\": null}}", siblings),
                AgentRequest.status("{\"status\": {\"conditions\": null}}", siblings),
                AgentRequest.status("{\"status\": null}", siblings),
                AgentRequest.of("apply a budget beside its facts", c -> patchStatus(c, A, APPLY, """
                                        {"apiVersion": "smartdispatcher.dev/v1alpha1", "kind": "BuildWorker",
                                         "metadata": {"name": "policy-a"},
                                         "status": {"agent": {"hostArch": "x86_64", "observedTime": "2026-01-01T00:00:00Z"}, "budget": {"cpu": "64"}}}"""), siblings));
    }

    @ParameterizedTest
    @MethodSource
    void refusedWithoutANode(AgentRequest request) {
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> request.act().accept(agentUnbound))
                .hasMessageContaining("the agent's token names no node");
    }

    static Stream<AgentRequest> refusedWithoutANode() {
        return Stream.of(
                AgentRequest.of("create", c -> c.resource(worker("policy-c")).create(), ""),
                AgentRequest.of("apply facts", c -> HollowWorker.of(A, 4).beat(c), ""),
                AgentRequest.of("patch the status", c -> patchStatus(c, A, "{\"status\": {\"agent\": {}}}"), ""),
                AgentRequest.of("patch", c -> patch(c, A, "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}"), ""),
                AgentRequest.of("delete", c -> delete(c, A), ""),
                AgentRequest.of(
                        "delete all", c -> c.resources(BuildWorker.class).delete(), ""));
    }

    @Test
    void nobodyElseIsRestricted(ControlPlane controlPlane) {
        var rights = ShippedRights.in(admin);
        var account = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.OPERATOR);
        rights.bind(rights.clusterRole("operator.yaml"), account);
        var operator = controlPlane.client(account.token());
        var found = worker(A);
        found.setStatus(BuildWorkerStatusBuilder.builder()
                .budget(new Amounts(new Quantity("2"), null, null, null))
                .build());
        operator.resource(found).subresource("status").patch(APPLY);
        patch(admin, A, "{\"metadata\": {\"labels\": {\"pool\": \"fast\"}}, \"spec\": {\"hostArch\": \"i586\"}}");
        admin.resource(worker("policy-c")).create();
        delete(admin, "policy-c");
        assertThat(get(A).getStatus().budget().cpu().toString()).isEqualTo("2");
        assertThat(get(A).getMetadata().getLabels()).containsEntry("pool", "fast");
        assertThat(get(A).getSpec().hostArch()).isEqualTo("i586");
    }

    private static BuildWorker get(String name) {
        return admin.resources(BuildWorker.class).withName(name).get();
    }
}

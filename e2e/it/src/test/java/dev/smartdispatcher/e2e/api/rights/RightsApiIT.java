package dev.smartdispatcher.e2e.api.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.AgentOptions;
import dev.smartdispatcher.agent.NodeAgent;
import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.process.OperatorProcess;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import dev.smartdispatcher.operator.preflight.ClusterCheck;
import dev.smartdispatcher.operator.preflight.Right;
import dev.smartdispatcher.operator.preflight.ShippedRoles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Operator and agents do all they can with their own tokens and the shipped roles, and with both policies in force. By the
 * API server's audit log they are never refused, and use each right that the roles give them.
 */
@ApiTier
class RightsApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String ONE = "rights-1";
    private static final String TWO = "rights-2";
    private static final String LEASE = "smart-dispatcher";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path files;

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private final ServiceAccount operatorAccount;
    private final ServiceAccount agentAccount;
    private int earlier;
    private JobFates jobs;
    private HollowNodes nodes;
    private List<NodeAgent> agents = List.of();

    RightsApiIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        admin = controlPlane.admin();
        var rights = ShippedRights.in(admin).bindAll();
        rights.apply("agent-policy.yaml");
        Stream.of(GuardPolicy.values()).forEach(policy -> policy.apply(rights));
        operatorAccount = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.OPERATOR);
        agentAccount = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.AGENT);
    }

    @BeforeEach
    void start() {
        Stream.of(GuardPolicy.values()).forEach(policy -> policy.awaitInForce(admin));
        // Other classes have these users refused on purpose.
        earlier = controlPlane.audit().requests().size();
        jobs = new JobFates(admin, Farm.of(admin));
        nodes = HollowNodes.startBinding(admin, Duration.ofHours(1), 4);
        agents = Stream.of(ONE, TWO).map(this::agent).toList();
    }

    @AfterEach
    void stop() {
        agents.forEach(NodeAgent::close);
        nodes.close();
        Stream.of(GuardPolicy.values()).forEach(policy -> policy.remove(admin));
        // Also where the scenario has failed: this may be why.
        assertThat(Stream.of(
                                used(operatorAccount).forbidden(),
                                used(agentAccount).forbidden())
                        .flatMap(List::stream))
                .isEmpty();
    }

    @Test
    void theRolesAreWhatIsNeededAndNoMore() {
        assertThat(new ClusterCheck(
                                controlPlane.client(operatorAccount.token()),
                                operatorRights().toList(),
                                ShippedRights.NAMESPACE)
                        .get())
                .as("what the operator itself finds missing")
                .isEmpty();
        // A policy with a PriorityClass is looked through for it.
        admin.resource(Serialization.unmarshal("""
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: builds}
            value: 1000
            """, PriorityClass.class)).createOr(NonDeletingOperation::update);
        admin.resource(Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: DispatchPolicy
            metadata: {name: default}
            spec: {priorityClassName: builds}
            """, DispatchPolicy.class)).createOr(NonDeletingOperation::update);
        try (var operator = OperatorProcess.start(
                controlPlane.kubeconfig("operator", operatorAccount.token()),
                files.resolve("operator.log"),
                OperatorProcess.SMALL,
                List.of("--namespace=" + ShippedRights.NAMESPACE, "--lease-seconds=60", "--check-seconds=2"))) {
            jobs.completes();
            jobs.isLarge();
            jobs.runBesideEachOther();
            jobs.failsAndIsTriedAgain();
            jobs.isDeletedWhileItRuns();
            jobs.expires();
            jobs.isToEndSooner();
            jobs.waitsForItsSecret();
            jobs.keepsItsRoot(ONE, TWO);
            jobs.isDrained();
            jobs.areCheckedFor();
            jobs.losesItsWorker();
            admin.resources(DispatchPolicy.class).delete();
            await().atMost(PATIENCE).until(() -> !admin.resources(DispatchPolicy.class)
                    .list()
                    .getItems()
                    .isEmpty());
            assertThat(operator.terminate()).hasValue(OperatorProcess.TERMINATED);
        }
        assertThat(admin.leases()
                        .inNamespace(ShippedRights.NAMESPACE)
                        .withName(LEASE)
                        .get()
                        .getSpec()
                        .getHolderIdentity())
                .as("the lease is given back")
                .isEmpty();
        try (var operator = operator(Clock.systemUTC())) {
            usesListsThatAreThere();
        }
        try (var operator = operator(Clock.offset(Clock.systemUTC(), Duration.ofHours(2)))) {
            operator.sweepLists();
            assertThat(lists()).isEmpty();
            assertThat(profiles()).isNotEmpty();
            await("nothing is left that holds off evictions").atMost(PATIENCE).until(() -> admin.policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace("default")
                    .list()
                    .getItems()
                    .isEmpty());
        }

        try (var operator = operator(Clock.offset(Clock.systemUTC(), Duration.ofDays(200)))) {
            operator.sweepProfiles();
            assertThat(profiles()).isEmpty();
        }

        assertThat(Stream.of(
                                used(operatorAccount).unused(operatorRights()),
                                used(agentAccount).unused(agentRights()))
                        .flatMap(List::stream))
                .isEmpty();
    }

    private UsedRights used(ServiceAccount account) {
        return UsedRights.of(controlPlane.audit(), earlier, account.user());
    }

    /** This operator does not know that they are, and says when it has used them. */
    private void usesListsThatAreThere() {
        try (var impersonator = Impersonator.on(controlPlane)) {
            var collector = impersonator.as(Impersonator.COLLECTOR);
            lists().forEach(map -> collector.resource(map).edit(m -> {
                m.getMetadata().getAnnotations().put(Annotations.LAST_USED, JobFates.LONG_AGO);
                return m;
            }));
        }
        jobs.running("again", "");
        jobs.end("again", 0);
        jobs.finished("again");
        assertThat(lists()).hasSize(1).noneMatch(map -> map.getMetadata()
                .getAnnotations()
                .get(Annotations.LAST_USED)
                .equals(JobFates.LONG_AGO));
    }

    private List<ConfigMap> lists() {
        return admin.configMaps().inNamespace("default").list().getItems().stream()
                .filter(map -> map.getMetadata().getName().startsWith("lists-"))
                .toList();
    }

    private List<BuildProfile> profiles() {
        return admin.resources(BuildProfile.class).inNamespace("default").list().getItems();
    }

    /** In this process and without an election, to be told the time and when to sweep. */
    private SmartDispatcher operator(Clock clock) {
        return OperatorRun.start(controlPlane.client(operatorAccount.token()), clock);
    }

    private NodeAgent agent(String node) {
        HollowWorker.of(node, 4).register(admin);
        admin.resources(BuildWorker.class).withName(node).delete();
        var agent = new NodeAgent(
                controlPlane.client(agentAccount.tokenOfPodOn(node)),
                new AgentOptions(node, Duration.ofSeconds(1), Path.of("/"), "/", Optional.empty(), 0),
                Clock.systemUTC());
        agent.start();
        return agent;
    }

    private static Stream<Right> operatorRights() {
        return Stream.concat(
                ShippedRoles.clusterWide().stream(), ShippedRoles.election(ShippedRights.NAMESPACE, LEASE).stream());
    }

    private Stream<Right> agentRights() {
        return ShippedRights.in(admin).clusterRole("node-agent.yaml").getRules().stream()
                .flatMap(Right::of);
    }
}

package dev.smartdispatcher.e2e.api.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.AgentOptions;
import dev.smartdispatcher.agent.NodeAgent;
import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.api.ApiTier;
import dev.smartdispatcher.e2e.api.Farm;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.operator.OperatorOptions;
import dev.smartdispatcher.operator.SmartDispatcher;
import dev.smartdispatcher.operator.preflight.ClusterCheck;
import dev.smartdispatcher.operator.preflight.Right;
import dev.smartdispatcher.operator.preflight.ShippedRoles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG_AGO = "2026-01-01T00:00:00Z";
    private static final String ONE = "rights-1";
    private static final String TWO = "rights-2";
    private static final String LEASE = "smart-dispatcher";
    private static final String SMALL = "resources: {memory: {base: 16Mi, perProcess: 16Mi}, disk: {size: 16Mi}}";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path files;

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private final ServiceAccount operatorAccount;
    private final ServiceAccount agentAccount;
    private int earlier;
    private Farm farm;
    private HollowNodes nodes;
    private List<NodeAgent> agents = List.of();

    RightsApiIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        admin = controlPlane.admin();
        var rights = ShippedRights.in(admin).bindAll();
        rights.apply("agent-policy.yaml");
        rights.apply("pod-policy.yaml");
        operatorAccount = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.OPERATOR);
        agentAccount = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.AGENT);
    }

    @BeforeEach
    void start() {
        PodPolicy.awaitInForce(admin);
        // Other classes have these users refused on purpose.
        earlier = controlPlane.audit().requests().size();
        farm = Farm.of(admin);
        nodes = HollowNodes.startBinding(admin, Duration.ofHours(1), 4);
        agents = Stream.of(ONE, TWO).map(this::agent).toList();
    }

    @AfterEach
    void stop() {
        agents.forEach(NodeAgent::close);
        nodes.close();
        PodPolicy.remove(admin);
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
                                operatorRights().toList())
                        .get())
                .as("what the operator itself finds missing")
                .isEmpty();
        try (var operator = OperatorProcess.start(
                controlPlane.kubeconfig("operator", operatorAccount.token()),
                files.resolve("operator.log"),
                "--namespace=" + ShippedRights.NAMESPACE)) {
            completes();
            failsAndIsTriedAgain();
            isDeletedWhileItRuns();
            expires();
            isDrained();
            losesItsWorker();
            admin.resources(DispatchPolicy.class).delete();
            await().atMost(PATIENCE).until(() -> !admin.resources(DispatchPolicy.class)
                    .list()
                    .getItems()
                    .isEmpty());
            assertThat(operator.terminate()).isTrue();
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
            await("nothing is left that holds off evictions").atMost(PATIENCE).until(() -> admin.policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace("default")
                    .list()
                    .getItems()
                    .isEmpty());
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

    private void completes() {
        running("plain", "");
        end("plain", 0);
        assertThat(finished("plain").holds(BuildJobStatus.COMPLETE)).isTrue();
    }

    private void failsAndIsTriedAgain() {
        running("fails", "retry: {onFailure: 1}");
        end("fails", 1);
        farm.until(
                "fails", s -> s.attempts().size() == 2 && s.lastAttempt().get().startTime() != null);
        end("fails", 2);
        var status = finished("fails");
        assertThat(status.holds(BuildJobStatus.FAILED)).isTrue();
    }

    private void isDeletedWhileItRuns() {
        var worker = running("deleted", "");
        admin.resources(BuildJob.class)
                .inNamespace("default")
                .withName("deleted")
                .delete();
        // As the garbage collector would.
        admin.pods()
                .inNamespace("default")
                .withLabel("smartdispatcher.dev/job", "deleted")
                .delete();
        untilWorker(worker, w -> w.getStatus().allocation().jobs() == 0);
    }

    private void expires() {
        running("expires", "ttlSecondsAfterFinished: 1");
        end("expires", 0);
        await().atMost(PATIENCE)
                .until(() -> admin.resources(BuildJob.class)
                                .inNamespace("default")
                                .withName("expires")
                                .get()
                        == null);
    }

    private void isDrained() {
        var worker = running("drained", "");
        annotate(worker, Map.of(Annotations.DRAIN, "test", Annotations.DRAIN_DEADLINE, LONG_AGO));
        farm.until(
                "drained",
                s -> s.attempts().size() == 2 && s.lastAttempt().get().startTime() != null);
        assertThat(farm.status("drained").attempts().get(0).outcome()).isEqualTo(Reason.DrainDeadlinePassed);
        end("drained", 0);
        finished("drained");
        annotate(worker, Map.of());
        untilWorker(worker, w -> w.getStatus().condition("Schedulable").get().holds());
    }

    /** Its node goes, with its pods and its BuildWorker. */
    private void losesItsWorker() {
        var worker = running("lost", "");
        admin.nodes().withName(worker).delete();
        admin.pods()
                .inNamespace("default")
                .withLabel("smartdispatcher.dev/job", "lost")
                .withGracePeriod(0)
                .delete();
        admin.resources(BuildWorker.class).withName(worker).delete();
        farm.until(
                "lost", s -> s.attempts().size() == 2 && s.lastAttempt().get().startTime() != null);
        assertThat(farm.status("lost").attempts().get(0).outcome()).isEqualTo(Reason.WorkerLost);
        end("lost", 0);
        finished("lost");
    }

    /** This operator does not know that they are, and says when it has used them. */
    private void usesListsThatAreThere() {
        lists().forEach(map -> admin.resource(map).edit(m -> {
            m.getMetadata().getAnnotations().put(Annotations.LAST_USED, LONG_AGO);
            return m;
        }));
        running("again", "");
        end("again", 0);
        finished("again");
        assertThat(lists()).hasSize(1).noneMatch(map -> map.getMetadata()
                .getAnnotations()
                .get(Annotations.LAST_USED)
                .equals(LONG_AGO));
    }

    private List<ConfigMap> lists() {
        return admin.configMaps().inNamespace("default").list().getItems().stream()
                .filter(map -> map.getMetadata().getName().startsWith("lists-"))
                .toList();
    }

    /** In this process and without an election, to be told the time and when to sweep. */
    private SmartDispatcher operator(Clock clock) {
        var operator = new SmartDispatcher(
                controlPlane.client(operatorAccount.token()),
                OperatorOptions.STANDARD,
                clock,
                new SimpleMeterRegistry());
        operator.start();
        return operator;
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

    /** Creates the job and returns the worker that its container runs on. */
    private String running(String job, String more) {
        farm.job(job, more.isEmpty() ? SMALL : SMALL + ", " + more);
        return farm.until(
                        job,
                        s -> s.liveAttempt().map(a -> a.startTime() != null).orElse(false))
                .liveAttempt()
                .get()
                .worker();
    }

    private BuildJobStatus finished(String job) {
        return farm.until(job, BuildJobStatus::finished);
    }

    private void end(String job, int exitCode) {
        EndedPod.write(admin, "default", farm.status(job).liveAttempt().get().pod(), exitCode);
    }

    private void annotate(String worker, Map<String, String> annotations) {
        admin.resources(BuildWorker.class).withName(worker).edit(w -> {
            w.getMetadata().setAnnotations(annotations);
            return w;
        });
    }

    private void untilWorker(String name, Predicate<BuildWorker> condition) {
        await("worker " + name).atMost(PATIENCE).until(() -> {
            var worker = admin.resources(BuildWorker.class).withName(name).get();
            return worker != null && worker.getStatus() != null && condition.test(worker);
        });
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

package dev.smartdispatcher.e2e.api.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.definitions.CreationPolicy;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.farm.Kubelet;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.process.OperatorProcess;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The operator, as a process, where something that it needs is missing at its start or taken away while it runs. */
@ApiTier
class PreflightApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String WORKER = "preflight-1";
    private static final String JOBS = "buildjobs.smartdispatcher.dev";
    private static final String USER = "system:serviceaccount:smart-dispatcher:smart-dispatcher-operator";

    private static final int SLOW_CLIENTS = 100;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path files;

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private final ShippedRights rights;
    private final ClusterRole role;
    private Path kubeconfig;
    private Farm farm;
    private HollowNodes nodes;

    PreflightApiIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        admin = controlPlane.admin();
        rights = ShippedRights.in(admin);
        role = rights.clusterRole("operator.yaml");
    }

    @BeforeEach
    void start() {
        var account = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.OPERATOR);
        kubeconfig = controlPlane.kubeconfig("operator", account.token());
        farm = Farm.of(admin);
        HollowWorker.of(WORKER, 4).register(admin);
        nodes = HollowNodes.startBinding(admin, Duration.ofSeconds(2), 2);
    }

    @AfterEach
    void restore() {
        nodes.close();
        ShippedDefinitions.install(admin);
        Leftovers.remove(admin);
    }

    @Test
    void slowClientsKeepNoKubeletWaiting() throws Exception {
        var clients = new ArrayList<Socket>();
        try (var operator = start("--namespace=smart-dispatcher", "--lease-seconds=60")) {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                clients.add(halfARequest(operator, "G"));
            }
            assertThat(operator.live().code()).isEqualTo(200);
            assertThat(operator.onMetricsPort("metrics").body()).contains("jvm_memory_used_bytes");
            assertThat(operator.onHealthPort("metrics").code()).isEqualTo(404);
            assertThat(operator.onMetricsPort("livez").code()).isEqualTo(404);
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whatIsMissingAtTheStartIsNamedAndWaitedFor() {
        deleteDefinition(JOBS);
        try (var operator = start("--namespace=smart-dispatcher", "--lease-seconds=60")) {
            var missing = "missing CustomResourceDefinition " + JOBS + " with version v1alpha1: apply the chart's crds";
            untilNotReady(operator, missing);
            assertThat(operator.ready().body())
                    .contains("missing right: list nodes (cluster-wide) for " + USER)
                    .contains("missing right: update buildjobs.smartdispatcher.dev/status (cluster-wide) for " + USER)
                    .contains(
                            "missing right: create leases.coordination.k8s.io (namespace smart-dispatcher) for " + USER)
                    .contains("missing right: patch leases.coordination.k8s.io smart-dispatcher"
                            + " (namespace smart-dispatcher) for " + USER);
            assertThat(operator.live().code()).isEqualTo(200);
            // Told when it comes, not at every check. A check that got no answer would be a change.
            var told = operator.log().stream()
                    .filter(line -> line.contains(missing))
                    .collect(Collectors.partitioningBy(line -> line.contains("no longer: ")));
            assertThat(told.get(false)).hasSize(told.get(true).size() + 1);
            assertThat(operator.log())
                    .filteredOn(line -> line.contains("list nodes"))
                    .filteredOn(line -> !line.contains("no longer: "))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("ERROR"));

            rights.bindAll();
            ShippedDefinitions.install(admin);
            untilReady(operator);
            completes("after");
            assertThat(operator.terminate()).hasValue(OperatorProcess.TERMINATED);
            assertThat(admin.leases()
                            .inNamespace(ShippedRights.NAMESPACE)
                            .withName("smart-dispatcher")
                            .get()
                            .getSpec()
                            .getHolderIdentity())
                    .as("given back at the end")
                    .isEmpty();
            assertNoStack(operator);
        }
    }

    @Test
    void aRightThatIsTakenAwayIsNamedAndNothingIsLostUntilItIsBack() {
        rights.bindAll();
        // Builds that end when they are told to.
        nodes.close();
        nodes = HollowNodes.startBinding(admin, Duration.ofDays(1), 2);
        try (var operator = start("--no-leader-election")) {
            untilReady(operator);
            farm.job("lasting");
            farm.until(
                    "lasting",
                    s -> s.lastAttempt().map(a -> a.startTime() != null).orElse(false));
            admin.resource(without("buildjobs/status")).serverSideApply();
            untilNotReady(
                    operator, "missing right: update buildjobs.smartdispatcher.dev/status (cluster-wide) for " + USER);
            new Kubelet(admin)
                    .over("default", farm.status("lasting").liveAttempt().get().pod(), 0);
            // More often than the framework would by itself.
            await().atMost(PATIENCE)
                    .until(() -> operator.log().stream()
                                    .filter(line -> line.contains("BuildJob lasting will be reconciled again: 403 "))
                                    .count()
                            >= 7);
            assertThat(farm.status("lasting").finished()).isFalse();

            admin.resource(role).serverSideApply();
            assertThat(farm.until("lasting", BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                    .isTrue();
            untilReady(operator);
            assertThat(operator.log()).anyMatch(line -> line.contains("no longer: missing right: update buildjobs"));
            assertNoStack(operator);
        }
    }

    @Test
    void anOperatorWhoseLatePodsNobodyRefusesIsNotReady() {
        rights.bindAll();
        var late = "late pods are not refused: apply the chart's rights/creation-policy.yaml";
        try (var operator = start("--namespace=smart-dispatcher", "--no-leader-election")) {
            untilReady(operator);
            admin.admissionRegistration()
                    .v1()
                    .validatingAdmissionPolicyBindings()
                    .withName(CreationPolicy.NAME)
                    .delete();
            untilNotReady(operator, late);
            CreationPolicy.install(admin);
            untilReady(operator);
            assertThat(operator.log()).anyMatch(line -> line.contains("no longer: " + late));
            completes("after");
            assertNoStack(operator);
        } finally {
            CreationPolicy.install(admin);
        }
    }

    @Test
    void aWatchThatIsForbiddenIsTakenUpAgain() {
        rights.bindAll();
        try (var operator = start("--no-leader-election")) {
            untilReady(operator);
            admin.resource(without("nodes")).serverSideApply();
            // What was allowed goes on until the connection ends.
            controlPlane.restartApiServer();
            untilNotReady(operator, "missing right: watch nodes (cluster-wide) for " + USER);
            admin.resource(role).serverSideApply();
            untilReady(operator);
            HollowWorker.of(WORKER, 4).beat(admin);
            completes("seen");
            assertNoStack(operator);
        }
    }

    @Test
    void aDefinitionThatIsDeletedIsNamedAndItsSuccessorUsed() {
        rights.bindAll();
        try (var operator = start("--no-leader-election")) {
            untilReady(operator);
            deleteDefinition(JOBS);
            untilNotReady(operator, "missing CustomResourceDefinition " + JOBS);
            assertThat(operator.isAlive()).isTrue();
            ShippedDefinitions.install(admin);
            untilReady(operator);
            completes("reborn");
            assertNoStack(operator);
        }
    }

    @Test
    void anApiServerThatCannotBeReachedIsWaitedFor() throws Exception {
        rights.bindAll();
        try (var relay = new Relay(URI.create(controlPlane.url()).getPort())) {
            var elsewhere = files.resolve("elsewhere");
            Files.writeString(
                    elsewhere,
                    Files.readString(kubeconfig).replace(controlPlane.url(), "https://127.0.0.1:" + relay.port()));
            try (var operator = start(elsewhere, "--no-leader-election")) {
                untilNotReady(operator, "the API server https://127.0.0.1:" + relay.port());
                assertThat(operator.ready().body()).contains("cannot be asked: no answer: ");
                assertThat(operator.live().code()).isEqualTo(200);
                relay.open();
                untilReady(operator);
                assertThat(operator.log())
                        .filteredOn(line -> line.contains(" ERROR "))
                        .isNotEmpty()
                        .allMatch(line -> line.contains(" cannot be asked: no answer: "));
                assertNoStack(operator);
            }
        }
    }

    @Test
    void itEndsAtOnceWhileItWaits() {
        try (var operator = start("--no-leader-election")) {
            untilNotReady(operator, "missing right: list nodes");
            assertThat(operator.terminate()).hasValue(OperatorProcess.TERMINATED);
            assertNoStack(operator);
        }
    }

    private OperatorProcess start(String... arguments) {
        return start(kubeconfig, arguments);
    }

    private OperatorProcess start(Path account, String... arguments) {
        var options = new ArrayList<>(List.of("--check-seconds=2"));
        options.addAll(List.of(arguments));
        return OperatorProcess.start(account, files.resolve("operator.log"), OperatorProcess.SMALL, options);
    }

    /** A client of the port of health that sends this and no more. */
    private static Socket halfARequest(OperatorProcess operator, String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), operator.healthPort());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private ClusterRole without(String resource) {
        return new ClusterRoleBuilder(role)
                .withRules(role.getRules().stream()
                        .filter(rule -> !rule.getResources().contains(resource))
                        .toList())
                .build();
    }

    private void deleteDefinition(String name) {
        var definitions = admin.apiextensions().v1().customResourceDefinitions().withName(name);
        definitions.delete();
        await().atMost(PATIENCE).until(() -> definitions.get() == null);
    }

    private void completes(String job) {
        farm.job(job);
        assertThat(farm.until(job, BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    private static void untilReady(OperatorProcess operator) {
        await("ready").atMost(PATIENCE).until(operator::ready, answer -> answer.code() == 200);
    }

    private static void untilNotReady(OperatorProcess operator, String because) {
        await("not ready: " + because)
                .atMost(PATIENCE)
                .until(
                        operator::ready,
                        answer -> answer.code() == 503 && answer.body().contains(because));
        assertThat(operator.live().code()).isEqualTo(200);
    }

    private static void assertNoStack(OperatorProcess operator) {
        assertThat(operator.log()).noneMatch(line -> line.startsWith("\tat "));
    }
}

package dev.smartdispatcher.e2e.api.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.Main;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.process.OperatorRun;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The advisor at a terminal, and what it writes into a cluster. */
@ApiTier
class AdviseApiIT {
    private static final String MANAGER = "smart-dispatcher-advisor";

    private final ControlPlane controlPlane;
    private final KubernetesClient client;

    @TempDir
    Path directory;

    private Path kubeconfig;

    AdviseApiIT(ControlPlane controlPlane, KubernetesClient client) {
        this.controlPlane = controlPlane;
        this.client = client;
    }

    @BeforeEach
    void start() {
        kubeconfig = controlPlane.kubeconfig("advise", null);
    }

    @AfterEach
    void clean() {
        Leftovers.remove(client);
    }

    @Test
    void whatIsAnsweredAtATerminalIsWrittenAndDispatchedTo() throws Exception {
        var farm = new Farm(client);
        HollowWorker.of("advised", 16).register(client);
        HollowWorker.of("other", 4).register(client);
        try (var terminal = PseudoTerminal.run(
                directory,
                Map.of("KUBECONFIG", kubeconfig.toString()),
                Main.class,
                "advise",
                "--node-name=advised",
                "--apply")) {
            terminal.answer("Most jobs are small, mixed or huge?", "tiny");
            terminal.answer("Most jobs are small, mixed or huge?", "small");
            terminal.answer("Builds for other architectures", "");
            terminal.answer("Builds run in virtual machines", "");
            terminal.answer("Storage class for a cache", "");
            terminal.answer("Percent of CPU and memory that the host keeps", "0");
            assertThat(terminal.status()).as(terminal.screen()).isZero();
            assertThat(terminal.screen())
                    .contains("'tiny' is none of small, mixed or huge")
                    .contains("buildworker/advised configured", "dispatchpolicy/default configured");
        }
        var limits = worker("advised").getSpec().limits();
        assertThat(limits.jobs()).isPositive();
        assertThat(owned(worker("advised"))).isEqualTo("[f:limits]");
        assertThat(worker("other").getSpec()).isNull();
        var defaults = client.resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .get()
                .getSpec()
                .defaults();

        client.resources(BuildWorker.class).withName("other").delete();
        try (var nodes = HollowNodes.startBinding(client, Duration.ofMillis(100), 4);
                var operator = OperatorRun.start(client)) {
            farm.job("advised-job");
            var status = farm.until("advised-job", BuildJobStatus::finished);
            assertThat(status.holds(BuildJobStatus.COMPLETE))
                    .as(status.toString())
                    .isTrue();
            var attempt = status.attempts().get(0);
            assertThat(attempt.worker()).isEqualTo("advised");
            assertThat(Quantities.bytes(attempt.disk()))
                    .isEqualTo(Quantities.bytes(defaults.disk().size()));
            assertThat(Quantities.bytes(attempt.memory()))
                    .isGreaterThanOrEqualTo(Quantities.bytes(defaults.memory().base()));
            assertThat(worker("advised").getStatus().budget().jobs()).isEqualTo(limits.jobs());
        }
    }

    @Test
    void whoHangsUpBeforeTheLastAnswerHasWrittenNothing() throws Exception {
        HollowWorker.of("advised", 4).register(client);
        try (var terminal = PseudoTerminal.run(
                directory,
                Map.of("KUBECONFIG", kubeconfig.toString()),
                Main.class,
                "advise",
                "--node-name=advised",
                "--apply")) {
            terminal.answer("Most jobs are small, mixed or huge?", "huge");
            terminal.answer("Builds for other architectures", "");
            terminal.hangUp("Builds run in virtual machines");
            assertThat(terminal.status()).as(terminal.screen()).isOne();
            assertThat(terminal.screen()).contains("nothing was written");
        }
        assertThat(worker("advised").getSpec()).isNull();
        assertThat(client.resources(DispatchPolicy.class).list().getItems()).isEmpty();
    }

    @Test
    void theWholeFleetIsAdvisedByItsFacts() throws IOException {
        for (var cores : List.of(4, 32)) {
            HollowWorker.of("fleet-" + cores, cores).register(client);
            new HollowWorker("fleet-" + cores, cores, quantity(2 * cores + "Gi"), quantity("400Gi"), cores)
                    .publish(client, Instant.now(), """
                            cpu: {threads: %d, cores: %d, numaNodes: 1}
                            memory: {total: %dGi}
                            disk: {capacity: 400Gi, free: 300Gi}
                            """.formatted(cores, cores, 2 * cores));
        }
        var said = run("--fleet=cluster", "--apply", "-o", "yaml");
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(worker("fleet-4").getSpec().limits().jobs()).isBetween(1, 4);
        assertThat(worker("fleet-32").getSpec().limits().jobs()).isGreaterThan(4);

        // The same from a file, as kubectl get bw -o yaml would print it, with the same result.
        var items = new ArrayList<>(client.resources(BuildWorker.class).list().getItems());
        var file = Files.writeString(
                directory.resolve("fleet.yaml"), Serialization.asYaml(Map.of("kind", "List", "items", items)));
        var again = run("--fleet=" + file, "-o", "yaml");
        assertThat(again.out()).isEqualTo(said.out());
    }

    @Test
    void whatCannotBeWrittenIsSaidInOneLineAndNothingIsWritten() throws IOException {
        HollowWorker.of("advised", 4).register(client);
        assertThat(run("--node-name=unknown", "--apply"))
                .satisfies(said -> assertThat(said.status()).isOne())
                .extracting(Said::err)
                .asString()
                .contains("error: there is no BuildWorker unknown in the cluster; it has advised");
        // Somebody else's limits are not overwritten unless asked for.
        client.resources(BuildWorker.class)
                .withName("advised")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"limits\": {\"jobs\": 1000}}}");
        assertThat(run("--node-name=advised", "--jobs=huge", "--apply"))
                .satisfies(said -> assertThat(said.status()).isOne())
                .extracting(Said::err)
                .asString()
                .contains("error: buildworker/advised cannot be written", ".spec.limits.jobs", "--force");
        assertThat(client.resources(DispatchPolicy.class).list().getItems()).isEmpty();
        assertThat(run("--node-name=advised", "--apply", "--force", "--cache=local", "--cache-size=20Gi")
                        .status())
                .isZero();
        assertThat(owned(worker("advised"))).isEqualTo("[f:cache, f:limits]");
    }

    @Test
    void whoMayNotIsToldWhatTheApiServerSaid() throws IOException {
        HollowWorker.of("advised", 4).register(client);
        var nobody = client.serviceAccounts()
                .inNamespace("default")
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("advise-nobody")
                        .endMetadata()
                        .build());
        nobody.create();
        var token = nobody.tokenRequest().getStatus().getToken();
        kubeconfig = controlPlane.kubeconfig("advise-nobody", token);
        var said = run("--node-name=advised", "--apply");
        assertThat(said.status()).isOne();
        assertThat(said.err()).contains("error: the BuildWorkers cannot be read", "is forbidden", "advise-nobody");
    }

    private record Said(int status, String out, String err) {}

    /** Without a terminal: nothing is asked. */
    private Said run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var words = new ArrayList<>(List.of("advise", "--kubeconfig=" + kubeconfig));
        words.addAll(List.of(arguments));
        int status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        return new Said(status, out.toString(), err.toString());
    }

    private BuildWorker worker(String name) {
        return client.resources(BuildWorker.class).withName(name).get();
    }

    /** Fields of the spec that the advisor owns. */
    private static String owned(BuildWorker worker) {
        return worker.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager().equals(MANAGER))
                .map(entry -> ((Map<?, ?>)
                                entry.getFieldsV1().getAdditionalProperties().get("f:spec"))
                        .keySet()
                        .toString())
                .findFirst()
                .orElse("nothing");
    }

    private static Quantity quantity(String text) {
        return new Quantity(text);
    }
}

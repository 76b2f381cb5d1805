package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CronJobs of docs/maintenance-window.yaml: an API server takes them, and their account may do what their scripts do. */
@ApiTier
class MaintenanceWindowApiIT {
    /** It stays: on a server without a namespace controller one that is deleted would be terminating for ever. */
    private static final String NAMESPACE = "smart-dispatcher";

    private static final String WORKER = "windowed";

    @TempDir
    private Path directory;

    private final KubernetesClient client;
    private List<HasMetadata> objects;

    MaintenanceWindowApiIT(KubernetesClient client) {
        this.client = client;
    }

    @BeforeEach
    void apply() throws IOException {
        if (client.namespaces().withName(NAMESPACE).get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
        }
        try (var file = Files.newInputStream(SourceTree.file("docs/maintenance-window.yaml"))) {
            objects = client.load(file).items();
        }
        objects.forEach(object -> client.resource(object).serverSideApply());
        var worker = new BuildWorker();
        worker.setMetadata(new ObjectMetaBuilder().withName(WORKER).build());
        worker.setSpec(new BuildWorkerSpec(null, null, null));
        client.resource(worker).create();
    }

    @AfterEach
    void remove() {
        objects.forEach(object -> client.resource(object).delete());
        client.resources(BuildWorker.class).withName(WORKER).delete();
    }

    @Test
    void theWindowBeginsAndEnds() throws IOException, InterruptedException {
        annotate(arguments("maintenance-begins"));
        var drained = worker().getMetadata().getAnnotations();
        assertThat(drained).containsEntry(Annotations.DRAIN, "maintenance window");
        assertThat(Duration.between(Instant.now(), Instant.parse(drained.get(Annotations.DRAIN_DEADLINE))))
                .isBetween(Duration.ofMinutes(110), Duration.ofMinutes(130));
        annotate(arguments("maintenance-ends"));
        assertThat(worker().getMetadata().getAnnotations())
                .doesNotContainKeys(Annotations.DRAIN, Annotations.DRAIN_DEADLINE);
    }

    private BuildWorker worker() {
        return client.resources(BuildWorker.class).withName(WORKER).get();
    }

    /** What the script of a CronJob gives kubectl. */
    private List<String> arguments(String cronJob) throws IOException, InterruptedException {
        var kubectl = directory.resolve("kubectl");
        Files.writeString(kubectl, "#!/bin/sh\nfor a; do echo \"$a\"; done\n");
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        var container = objects.stream()
                .filter(object -> object instanceof CronJob
                        && object.getMetadata().getName().equals(cronJob))
                .map(object ->
                        ((CronJob) object).getSpec().getJobTemplate().getSpec().getTemplate())
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getContainers()
                .get(0);
        var output = directory.resolve(cronJob);
        var builder = new ProcessBuilder(container.getCommand()).redirectOutput(output.toFile());
        builder.command().addAll(container.getArgs());
        builder.environment().merge("PATH", directory.toString(), (old, first) -> first + ":" + old);
        assertThat(builder.start().waitFor()).isZero();
        return Files.readAllLines(output);
    }

    /** As kubectl does with these arguments, by the account of the CronJobs. */
    private void annotate(List<String> arguments) {
        assertThat(arguments).startsWith("annotate", "buildworkers", "-l");
        Map<String, String> annotations = new LinkedHashMap<>();
        for (var argument : arguments.subList(4, arguments.size())) {
            if (argument.endsWith("-")) {
                annotations.put(argument.substring(0, argument.length() - 1), null);
            } else if (argument.contains("=")) {
                annotations.put(
                        argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
            }
        }
        var config = new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername("system:serviceaccount:" + NAMESPACE + ":maintenance-window")
                .build();
        try (var account = new KubernetesClientBuilder().withConfig(config).build()) {
            assertThat(account.resources(BuildWorker.class).list().getItems()).isNotEmpty();
            account.resources(BuildWorker.class)
                    .withName(WORKER)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            Serialization.asJson(Map.of("metadata", Map.of("annotations", annotations))));
        }
    }
}

package dev.smartdispatcher.e2e.bench.cluster;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import dev.smartdispatcher.e2e.report.JsonReport;
import dev.smartdispatcher.e2e.report.Machine;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code -Dbench=cluster}: how long a build takes to start on a cluster where the chart is installed, against a bare Job, turn
 * about; and what memory the project's pods take there. It makes a namespace and an environment, and removes them.
 */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Start of a build on a cluster, against a bare Job.")
public final class ClusterBenchmark implements Callable<Integer> {
    private static final String NAME = "start-benchmark";
    /** Of both kinds, before it counts: images are there, classes are loaded. */
    private static final int WARM_UP = 3;

    @Option(
            names = "--kubeconfig",
            defaultValue = "/var/lib/smart-dispatcher-cluster/sd/kubeconfig",
            description = "Of the cluster (${DEFAULT-VALUE}, that of e2e/cluster).")
    private Path kubeconfig;

    @Option(names = "--image", defaultValue = "local.test/build-debian:12", description = "Image with a shell.")
    private String image;

    @Option(names = "--runs", defaultValue = "20", description = "Starts of each kind.")
    private int runs;

    @Option(names = "--limit", defaultValue = "120", description = "Seconds after which a start has failed.")
    private int limit;

    @Option(names = "--idle", defaultValue = "300", description = "Seconds for which idle agents are observed.")
    private int idle;

    @Option(names = "--report", defaultValue = "e2e/target/reports/cluster.json", description = "The report, as JSON.")
    private Path report;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs must be at least 1");
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new BenchFailure("there is no kubeconfig " + kubeconfig + ": e2e/cluster up, or -Dkubeconfig=FILE");
        }
        try (var client = OperatorClient.of(Config.fromKubeconfig(kubeconfig.toFile()))) {
            var result = run(client, Machine.here());
            JsonReport.write(report, result);
            print(result);
        }
        return 0;
    }

    private ClusterReport run(KubernetesClient client, Machine machine) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .forceConflicts()
                .serverSideApply();
        client.resource(environment()).forceConflicts().serverSideApply();
        try {
            var pair = new Pair(NAME, image);
            var starts = new Starts(client, NAME, Duration.ofSeconds(limit));
            var ours = new ArrayList<Starts.Start>();
            var bare = new ArrayList<Starts.Start>();
            for (int run = -WARM_UP; run < runs; run++) {
                var build = starts.measure(pair.build(run + WARM_UP), Pair.BUILD_LABEL);
                var job = starts.measure(pair.job(run + WARM_UP), Pair.JOB_LABEL);
                if (run >= 0) {
                    ours.add(build);
                    bare.add(job);
                }
            }
            return ClusterReport.of(
                    ours, bare, Residents.of(client), AgentCost.of(client, Duration.ofSeconds(idle)), machine);
        } finally {
            client.resource(environment()).delete();
            client.namespaces().withName(NAME).delete();
        }
    }

    private static BuildEnvironment environment() {
        return Serialization.unmarshal("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildEnvironment
                metadata: {name: start-benchmark}
                spec: {image: unused}
                """, BuildEnvironment.class);
    }

    private void print(ClusterReport result) {
        System.out.printf(
                "%-22s %6s %6s %6s %6s %12s   ms from create to running, %d runs each%n",
                "", "least", "p50", "p95", "most", "pod at (p50)", result.runs());
        row("BuildJob", result.starts());
        row("bare Job", result.bareJobStarts());
        System.out.printf("ratio of the medians %.2f%n", result.startRatio());
        System.out.println("resident memory, MiB: operators " + result.operatorMiB() + ", agents " + result.agentMiB());
        System.out.println("agents: writes a minute when idle "
                + result.agents().writesPerMinute() + ", seconds from start to first facts "
                + result.agents().firstPublishSeconds());
        System.out.println("Report: " + report);
    }

    private static void row(String what, ClusterReport.Spread starts) {
        System.out.printf(
                "%-22s %6.0f %6.0f %6.0f %6.0f %12.0f%n",
                what, starts.least(), starts.p50(), starts.p95(), starts.most(), starts.podP50());
    }
}

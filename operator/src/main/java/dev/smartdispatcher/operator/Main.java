package dev.smartdispatcher.operator;

import dev.smartdispatcher.web.Answer;
import dev.smartdispatcher.web.Health;
import dev.smartdispatcher.web.WebServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The operator as a process. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = ReadyCommand.class,
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Dispatches BuildJobs to BuildWorkers.",
            "Finds the cluster by the pod's service account or by kubeconfig, as kubectl does. Every option can also be"
                    + " given by the environment variable in brackets."
        })
public final class Main implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    /** A stop that takes longer is cut off: the lease then expires by itself. */
    private static final int STOP_SECONDS = 10;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    @Option(
            names = "--leader-election",
            negatable = true,
            defaultValue = "${env:LEADER_ELECTION:-true}",
            fallbackValue = "true",
            description = "Take part in a leader election, as replicas must [LEADER_ELECTION].")
    private boolean leaderElection;

    @Option(
            names = "--namespace",
            defaultValue = "${env:POD_NAMESPACE}",
            description = "Namespace of the Lease; default: the client's [POD_NAMESPACE].")
    private String namespace;

    @Option(
            names = "--lease",
            defaultValue = "${env:LEASE_NAME:-smart-dispatcher}",
            description = "Name of the Lease [LEASE_NAME].")
    private String lease;

    @Option(
            names = "--lease-seconds",
            defaultValue = "${env:LEASE_SECONDS:-15}",
            description = "A leader that does not renew its Lease for this long is replaced [LEASE_SECONDS].")
    private int leaseSeconds;

    @Option(
            names = "--linger-millis",
            defaultValue = "${env:LINGER_MILLIS:-100}",
            description = "Events are gathered for this long before a scheduling pass [LINGER_MILLIS].")
    private int lingerMillis;

    @Option(
            names = "--threads",
            defaultValue = "${env:RECONCILER_THREADS:-32}",
            description = "Threads of the reconcilers, which mostly wait for the API server [RECONCILER_THREADS].")
    private int threads;

    @Option(
            names = "--writers",
            defaultValue = "${env:WRITERS:-16}",
            description = "Allocations written side by side [WRITERS].")
    private int writers;

    @Option(
            names = "--health-port",
            defaultValue = "${env:HEALTH_PORT:-8080}",
            description = "Port of /livez and /readyz; 0: any free one [HEALTH_PORT].")
    private int healthPort;

    @Option(
            names = "--metrics-port",
            defaultValue = "${env:METRICS_PORT:-8082}",
            description = "Port of /metrics; 0: any free one [METRICS_PORT].")
    private int metricsPort;

    @Option(
            names = "--check-seconds",
            defaultValue = "${env:CHECK_SECONDS:-20}",
            description = "Rights and definitions are checked each time this long has passed; some thirty small"
                    + " requests [CHECK_SECONDS].")
    private int checkSeconds;

    /** Runs until the process is told to end. */
    public static void main(String[] args) {
        var command = new CommandLine(new Main()).setExecutionExceptionHandler((failure, line, parsed) -> {
            LOG.atError().setCause(failure).log("the operator cannot run");
            return line.getCommandSpec().exitCodeOnExecutionException();
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        var config = OperatorClient.config();
        var options = options(config);
        var leadership = new Leadership(options.leader());
        var closed = new CountDownLatch(1);
        closeBeforeExit(closed);
        try (var client = OperatorClient.of(config, leadership.fence());
                var impatient = impatientClient();
                var operation = new Operation(
                        client, impatient, options, leadership, Duration.ofSeconds(checkSeconds), registry);
                var health = WebServer.start("health", healthPort, Health.pages(List::of, operation::problems));
                var metrics = metrics(registry)) {
            LOG.atInfo()
                    .addKeyValue("healthPort", health.port())
                    .addKeyValue("metricsPort", metrics == null ? "none" : metrics.port())
                    .log("starting");
            operation.run();
        } catch (InterruptedException e) {
            LOG.info("ending");
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /** None where the port cannot be had: builds do not depend on metrics. */
    private WebServer metrics(PrometheusMeterRegistry registry) {
        try {
            return WebServer.start("metrics", metricsPort, Map.of("/metrics", () -> Answer.metrics(registry.scrape())));
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("metricsPort", metricsPort)
                    .log("metrics are not served, the port cannot be opened: {}", e.getMessage());
            return null;
        }
    }

    /** The process is told to end by a signal: what this thread waits for is given up, and what it holds is closed. */
    private static void closeBeforeExit(CountDownLatch closed) {
        var main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (closed.getCount() > 0) {
                main.interrupt();
                await(closed);
            }
        }));
    }

    /** For questions of which the answer is wanted at once, or that there is none. */
    private static KubernetesClient impatientClient() {
        var config = Config.autoConfigure(null);
        config.setRequestRetryBackoffLimit(0);
        config.setRequestTimeout((int) ANSWER_WITHIN.toMillis());
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private OperatorOptions options(Config config) throws Exception {
        var place = namespace == null || namespace.isBlank()
                ? Optional.ofNullable(config.getNamespace()).orElse("default")
                : namespace;
        var identity = InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
        // Renew within two thirds of the lease, as client-go does. Who waits for it to expire looks again after up to
        // 2.2 periods: a tenth keeps a takeover within one and a quarter leases.
        var leader = new OperatorOptions.Leader(
                place,
                lease,
                identity,
                Duration.ofSeconds(leaseSeconds),
                Duration.ofMillis(leaseSeconds * 2000L / 3),
                Duration.ofMillis(leaseSeconds * 100L));
        return new OperatorOptions(
                leaderElection ? Optional.of(leader) : Optional.empty(),
                Duration.ofMillis(lingerMillis),
                threads,
                writers);
    }

    private static void await(CountDownLatch closed) {
        try {
            closed.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "smart-dispatcher operator "
                        + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                                .orElse("development")
            };
        }
    }
}

package dev.smartdispatcher.operator.app;

import dev.smartdispatcher.operator.client.OperatorClient;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.leader.Leadership;
import dev.smartdispatcher.web.Answer;
import dev.smartdispatcher.web.Health;
import dev.smartdispatcher.web.Page;
import dev.smartdispatcher.web.WebServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec;

    @Mixin
    private final OperatorArguments arguments = new OperatorArguments();

    /** Runs until the process is stopped. */
    public static void main(String[] args) {
        var command = new CommandLine(new Main()).setExecutionExceptionHandler((failure, line, parsed) -> {
            LOG.atError().setCause(failure).log("the operator cannot run");
            return line.getCommandSpec().exitCodeOnExecutionException();
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        check();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        var config = OperatorClient.config();
        var options = arguments.options(Optional.ofNullable(config.getNamespace()));
        var leadership = new Leadership(options.leader());
        var closed = new CountDownLatch(1);
        closeBeforeExit(closed);
        try (var client = OperatorClient.of(config, leadership.fence());
                var impatient = impatientClient();
                var operation =
                        new Operation(client, impatient, options, leadership, arguments.checkInterval(), registry);
                var health =
                        WebServer.start("health", arguments.healthPort(), Health.pages(List::of, operation::problems));
                var metrics = metrics(registry);
                var debug = debug(operation.debugPages())) {
            LOG.atInfo()
                    .addKeyValue("healthPort", health.port())
                    .addKeyValue("metricsPort", metrics == null ? "none" : metrics.port())
                    .addKeyValue("debugPort", debug == null ? "none" : debug.port())
                    .log("starting");
            operation.run();
        } catch (InterruptedException e) {
            LOG.info("ending");
        } catch (RuntimeException e) {
            return failed(e);
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /** The framework asks the API server some things once, as it starts, and cannot be started again. Whoever watches this process can. */
    private int failed(RuntimeException failure) {
        var ofServer = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .findFirst()
                .orElseThrow(() -> failure);
        LOG.error(
                "the operator ends, to be started again: the API server failed while it started: {}",
                ApiFailure.reason(ofServer));
        return spec.exitCodeOnExecutionException();
    }

    private void check() {
        try {
            arguments.check();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** None where the port cannot be had: builds do not depend on metrics. */
    private WebServer metrics(PrometheusMeterRegistry registry) {
        try {
            return WebServer.start(
                    "metrics", arguments.metricsPort(), Map.of("/metrics", query -> Answer.metrics(registry.scrape())));
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("metricsPort", arguments.metricsPort())
                    .log("metrics are not served, the port cannot be opened: {}", e.getMessage());
            return null;
        }
    }

    /** None where the port cannot be had: builds do not depend on it. */
    private WebServer debug(Map<String, Page> pages) {
        try {
            return WebServer.startOnLoopback("debug", arguments.debugPort(), pages);
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("debugPort", arguments.debugPort())
                    .log("the scheduler's state is not served, the port cannot be opened: {}", e.getMessage());
            return null;
        }
    }

    /** A signal stops the process: this thread gives up what it waits for, and closes what it holds. */
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

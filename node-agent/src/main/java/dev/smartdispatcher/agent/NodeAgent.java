package dev.smartdispatcher.agent;

import dev.smartdispatcher.agent.kernel.LinuxKernel;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probes;
import dev.smartdispatcher.agent.publish.BackOff;
import dev.smartdispatcher.agent.publish.KubernetesWorkerApi;
import dev.smartdispatcher.agent.publish.LogKeys;
import dev.smartdispatcher.agent.publish.Publisher;
import dev.smartdispatcher.agent.publish.Pulse;
import dev.smartdispatcher.threads.DaemonThreads;
import dev.smartdispatcher.web.Answer;
import dev.smartdispatcher.web.Health;
import dev.smartdispatcher.web.Page;
import dev.smartdispatcher.web.WebServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent in this process: one thread that keeps the node's BuildWorker true until it is closed. The client is
 * the caller's, who also closes it. One agent is started once.
 */
public final class NodeAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);

    /** A beat that does not end by itself is left to its daemon thread. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final AgentOptions options;
    private final Publisher publisher;
    private final Pulse pulse;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("node-agent"));
    private final List<AutoCloseable> served = new ArrayList<>();

    public NodeAgent(KubernetesClient client, AgentOptions options, Clock clock) {
        this.options = options;
        this.pulse = new Pulse(clock);
        HostPaths paths = new HostPaths(options.hostRoot());
        Probes probes = HostProbes.of(
                paths,
                options.buildPath(),
                options.featuresDirectory(),
                new LinuxKernel(),
                HostProbes.speed(paths, options.stateDirectory(), clock),
                clock);
        this.publisher = new Publisher(
                options.nodeName(),
                probes,
                new KubernetesWorkerApi(client),
                new BackOff(new SplittableRandom()),
                options.interval(),
                clock,
                pulse);
    }

    /** Starts what is to be served, and the thread; the first look follows at once. */
    public void start() {
        if (options.healthPort() != 0) {
            serveHealth();
        }
        if (options.metricsPort() != 0) {
            serveMetrics();
        }
        LOG.atInfo()
                .addKeyValue(LogKeys.NODE, options.nodeName())
                .addKeyValue(LogKeys.VERSION, NodeAgent.class.getPackage().getImplementationVersion())
                .log("Node agent started");
        executor.execute(this::beat);
    }

    /** Ends within a second, whatever the API server does. Facts stay as they were published. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        served.forEach(NodeAgent::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.atWarn().setCause(e).log("Not closed");
        }
    }

    private void beat() {
        Duration wait = options.interval();
        try {
            wait = publisher.beat();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Unexpected failure; the agent continues");
        }
        if (!executor.isShutdown()) {
            executor.schedule(this::beat, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What a kubelet asks for. */
    static Map<String, Page> health(Pulse pulse) {
        return Health.pages(
                () -> pulse.isAlive() ? List.of() : List.of("the agent has not looked at its machine for minutes"),
                () -> pulse.isReady() ? List.of() : List.of(pulse.whyNotReady()));
    }

    private void serveHealth() {
        try {
            served.add(WebServer.start("health", options.healthPort(), health(pulse)));
        } catch (IOException e) {
            throw new UncheckedIOException("Health endpoints cannot be served on port " + options.healthPort(), e);
        }
    }

    /** Facts do not depend on metrics: a port that cannot be had is only logged. */
    private void serveMetrics() {
        var metrics = new AgentMetrics(pulse);
        served.add(metrics);
        try {
            served.add(WebServer.start(
                    "metrics", options.metricsPort(), Map.of("/metrics", query -> Answer.metrics(metrics.scrape()))));
        } catch (IOException e) {
            LOG.atError().setCause(e).log("Metrics cannot be served on port {}", options.metricsPort());
        }
    }
}

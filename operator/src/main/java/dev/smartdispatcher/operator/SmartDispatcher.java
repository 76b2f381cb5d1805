package dev.smartdispatcher.operator;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.DispatcherMetrics;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.reconcile.JobStatusWriter;
import dev.smartdispatcher.operator.reconcile.Wake;
import dev.smartdispatcher.operator.reconcile.dispatch.DispatchReconciler;
import dev.smartdispatcher.operator.reconcile.dispatch.PolicyKeeper;
import dev.smartdispatcher.operator.reconcile.environment.BuildEnvironmentReconciler;
import dev.smartdispatcher.operator.reconcile.job.BuildJobReconciler;
import dev.smartdispatcher.operator.reconcile.job.ListSweeper;
import dev.smartdispatcher.operator.reconcile.worker.BuildWorkerReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The operator, put together. Starts and stops once. */
public final class SmartDispatcher implements AutoCloseable {
    /** Long enough to gather what one change of a worker's builds causes, short enough to follow it. */
    private static final Duration WORKER_LINGER = Duration.ofMillis(200);

    /** For what is under way when the operator is stopped: the lease is given back when it has ended. */
    private static final Duration LAST_WRITES = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final Caches caches = new Caches();
    private final Wake<DispatchPolicy> dispatchWake;
    private final Wake<BuildWorker> workerWake;
    private final Wake<BuildJob> jobWake;
    private final ExecutorService writers;
    private final EventRecorder events;
    private final PolicyKeeper policies;
    private final ListSweeper lists;
    private final Leadership leadership;
    private final Operator operator;
    private volatile boolean started;

    /** The only replica, whatever the options say of a leader. */
    public SmartDispatcher(KubernetesClient client, OperatorOptions options, Clock clock, MeterRegistry registry) {
        this(client, options, new Leadership(Optional.empty()), clock, registry);
    }

    /**
     * A replica.
     *
     * @param client fenced by {@code leadership}
     */
    SmartDispatcher(
            KubernetesClient client,
            OperatorOptions options,
            Leadership leadership,
            Clock clock,
            MeterRegistry registry) {
        this.client = client;
        this.leadership = leadership;
        dispatchWake = new Wake<>("wake-dispatch", options.linger());
        workerWake = new Wake<>("wake-worker", WORKER_LINGER);
        jobWake = new Wake<>("wake-job", Duration.ZERO);
        writers = Executors.newFixedThreadPool(options.writers(), daemon("writer"));
        events = new EventRecorder(client, clock);
        policies = new PolicyKeeper(client, caches, dispatchWake);
        lists = new ListSweeper(client, caches, clock);
        var metrics = new DispatcherMetrics(registry);
        var statuses = new JobStatusWriter(client);
        operator = new Operator(overrider -> configure(overrider, client, options, registry));
        operator.register(new BuildEnvironmentReconciler(caches, events, dispatchWake, clock));
        operator.register(new BuildWorkerReconciler(caches, events, dispatchWake, workerWake, jobWake, clock));
        operator.register(new BuildJobReconciler(
                client, caches, statuses, events, metrics, dispatchWake, workerWake, jobWake, clock));
        operator.register(new DispatchReconciler(caches, statuses, events, metrics, dispatchWake, writers, clock));
    }

    private void configure(
            ConfigurationServiceOverrider overrider,
            KubernetesClient client,
            OperatorOptions options,
            MeterRegistry registry) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(LAST_WRITES)
                .withConcurrentReconciliationThreads(options.threads())
                .withResourceCloner(new SharedResources())
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry));
        leadership.configuration(this::lead).ifPresent(overrider::withLeaderElectionConfiguration);
    }

    /** Starts watching, and works when leading. Returns when the caches are whole. */
    public void start() {
        operator.start();
        caches.markSynced();
        started = true;
        if (!leadership.isElected()) {
            lead();
        }
    }

    /** Beside the reconcilers, which the framework starts. */
    private void lead() {
        policies.start();
        lists.start();
    }

    /** Deletes package lists that nobody has used for an hour; happens now and then by itself. */
    public void sweepLists() {
        lists.sweep();
    }

    /** Whether the caches are whole and every watch is alive: a replica that does not lead is ready too. */
    public boolean ready() {
        return started && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /** Stops working, then gives the lease back, so that another replica may take over at once. */
    @Override
    public void close() {
        leadership.stopping();
        policies.close();
        lists.close();
        operator.stop();
        dispatchWake.close();
        workerWake.close();
        jobWake.close();
        writers.shutdownNow();
        events.close();
        leadership.release(client);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}

package dev.smartdispatcher.operator.app;

import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.client.SharedResources;
import dev.smartdispatcher.operator.client.WatchHealth;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.FailureLog;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.check.CheckRunner;
import dev.smartdispatcher.operator.controller.check.StalledChecks;
import dev.smartdispatcher.operator.controller.check.WorkerCheckReconciler;
import dev.smartdispatcher.operator.controller.configmap.ListSweeper;
import dev.smartdispatcher.operator.controller.dispatch.DispatchReconciler;
import dev.smartdispatcher.operator.controller.dispatch.DumpRequests;
import dev.smartdispatcher.operator.controller.environment.BuildEnvironmentReconciler;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.informer.LeanJobs;
import dev.smartdispatcher.operator.controller.informer.LeanStore;
import dev.smartdispatcher.operator.controller.informer.Pages;
import dev.smartdispatcher.operator.controller.informer.Subscriber;
import dev.smartdispatcher.operator.controller.job.BuildJobReconciler;
import dev.smartdispatcher.operator.controller.job.removal.OrphanedPods;
import dev.smartdispatcher.operator.controller.past.RunningBuilds;
import dev.smartdispatcher.operator.controller.policy.PolicyKeeper;
import dev.smartdispatcher.operator.controller.profile.ProfileWriter;
import dev.smartdispatcher.operator.controller.volume.CacheRemoval;
import dev.smartdispatcher.operator.controller.worker.BuildWorkerReconciler;
import dev.smartdispatcher.operator.controller.worker.EvictionRelease;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.controller.worker.WorkerDepartures;
import dev.smartdispatcher.operator.controller.worker.WorkerPodWakes;
import dev.smartdispatcher.operator.leader.Leadership;
import dev.smartdispatcher.threads.DaemonThreads;
import dev.smartdispatcher.web.Page;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The operator, put together. Starts and stops once. */
public final class SmartDispatcher implements AutoCloseable {
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(30);

    /** Informers are waited for as long as it takes: a scheduling cycle over caches that are not whole would overcommit workers. */
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    /** Long enough to gather what one change of a worker's builds causes, short enough to follow it. */
    private static final Duration WORKER_LINGER = Duration.ofMillis(200);

    /** Results come in one by one, and are counted together. */
    private static final Duration CHECK_LINGER = Duration.ofSeconds(2);

    /** For what is under way when the operator is stopped: the lease is given back when it has ended. */
    private static final Duration LAST_WRITES = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final Wake<DispatchPolicy> dispatchWake;
    private final Wake<BuildWorker> workerWake;
    private final Wake<BuildJob> jobWake;
    private final Wake<BuildEnvironment> environmentWake;
    private final Wake<WorkerCheck> checkWake;
    private final ExecutorService writers;
    private final EventRecorder events;
    private final PolicyKeeper policies;
    private final ListSweeper lists;
    private final ProfileWriter profiles;
    private final OrphanedPods orphans;
    private final Leadership leadership;
    private final Operator operator;
    private final WatchHealth watches;
    private final DumpRequests dumps;
    private volatile boolean started;
    private volatile boolean leading;

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
        cluster = new ClusterView(options.namespace());
        this.leadership = leadership;
        dispatchWake = new Wake<>("wake-dispatch", options.linger());
        workerWake = new Wake<>("wake-worker", WORKER_LINGER);
        jobWake = new Wake<>("wake-job", Duration.ZERO);
        environmentWake = new Wake<>("wake-environment", WORKER_LINGER);
        checkWake = new Wake<>("wake-check", CHECK_LINGER);
        writers = Executors.newFixedThreadPool(options.writers(), new DaemonThreads("writer"));
        events = new EventRecorder(client, clock);
        policies = new PolicyKeeper(client, cluster, dispatchWake, events);
        lists = new ListSweeper(client, cluster, clock);
        watches = new WatchHealth(clock);
        var health = new WorkerHealth(cluster, clock);
        var assessments = new WorkerAssessments(cluster, health, clock);
        subscribe(assessments);
        var metrics = new DispatcherMetrics(registry);
        var statuses = new JobStatusWriter(client);
        profiles = new ProfileWriter(client, cluster, metrics, clock);
        var server = new ServerClock(client);
        orphans = new OrphanedPods(client, cluster);
        var stalled = new StalledChecks();
        var checks = new CheckRunner(client, cluster, stalled, events, metrics, workerWake, checkWake, server, clock);
        subscribe(checks);
        operator = new Operator(overrider -> configure(overrider, client, options, registry));
        register(
                new BuildEnvironmentReconciler(cluster, events, dispatchWake, environmentWake, clock),
                LeanStore.whole());
        register(
                new WorkerCheckReconciler(
                        cluster, events, dispatchWake, workerWake, checkWake, stalled, assessments::of, clock),
                cluster.informers().checkStore());
        register(
                new BuildWorkerReconciler(
                        cluster,
                        events,
                        dispatchWake,
                        workerWake,
                        jobWake,
                        new CacheRemoval(client, cluster),
                        health,
                        assessments,
                        checks,
                        new RunningBuilds(cluster)::on,
                        new EvictionRelease(client, cluster, events, clock),
                        clock),
                cluster.informers().workerStore());
        register(
                new BuildJobReconciler(
                        client,
                        cluster,
                        statuses,
                        events,
                        metrics,
                        dispatchWake,
                        workerWake,
                        jobWake,
                        environmentWake,
                        health,
                        assessments,
                        profiles,
                        server,
                        clock),
                LeanJobs.store());
        var dispatch = new DispatchReconciler(
                client,
                cluster,
                statuses,
                events,
                metrics,
                dispatchWake,
                workerWake,
                writers,
                health,
                assessments,
                clock);
        dumps = dispatch.dumps();
        register(dispatch, LeanStore.whole());
    }

    private void subscribe(WorkerAssessments assessments) {
        cluster.informers().workerSubscribers().add(assessments);
        cluster.informers().workerSubscribers().add(new WorkerDepartures(cluster.changes(), dispatchWake));
        cluster.informers().podSubscribers().add(new WorkerPodWakes(workerWake));
    }

    private void subscribe(CheckRunner checks) {
        cluster.informers()
                .workerSubscribers()
                .add(Subscriber.onGone(
                        worker -> checks.gone(worker.getMetadata().getName())));
        cluster.informers().checkPodSubscribers().add(Subscriber.onGone(pod -> checks.freed()));
    }

    /** With a retry that never gives up: however long a right or the API server is away, what failed is done in the end. */
    private <P extends HasMetadata> void register(Reconciler<P> reconciler, ItemStore<P> store) {
        operator.register(reconciler, configuration -> configuration
                .withItemStore(store)
                .withInformerListLimit(Pages.SIZE)
                .withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(RETRY_FIRST)
                        .setMaxInterval(RETRY_LONGEST.toMillis())));
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
                // A right that is gone may come back: informers go on trying, and the preflight says what is missing.
                .withStopOnInformerErrorDuringStartup(false)
                .withCacheSyncTimeout(NO_LIMIT)
                .withMetrics(new AggregatedMetrics(
                        List.of(MicrometerMetrics.withoutPerResourceMetrics(registry), new FailureLog())));
        leadership.configuration(this::lead).ifPresent(overrider::withLeaderElectionConfiguration);
    }

    /**
     * Starts watching, and works when leading. Returns when the caches are whole.
     *
     * @throws IllegalStateException if one never will be: its informer has given up
     */
    public void start() {
        operator.start();
        watches.awaitWhole(operator.getRuntimeInfo());
        cluster.markSynced();
        started = true;
        if (!leadership.isElected()) {
            lead();
        }
    }

    /** Beside the reconcilers, which the framework starts. */
    private void lead() {
        leading = true;
        policies.start();
        lists.start();
        profiles.start();
        orphans.start();
    }

    /** Deletes package lists that nobody has used for an hour; happens now and then by itself. */
    public void sweepLists() {
        lists.sweep();
    }

    /** Deletes profiles that nobody has used for long; happens now and then by itself. */
    public void sweepProfiles() {
        profiles.sweep();
    }

    /** Whether the caches are whole and kept up: a replica that does not lead is ready too. */
    public boolean ready() {
        return started && brokenWatches().isEmpty();
    }

    /** What is not seen now, one line each; empty before the start. */
    public List<String> brokenWatches() {
        return started ? watches.problems(operator.getRuntimeInfo()) : List.of();
    }

    /** The scheduler's state, for whoever looks for the cause of a problem. */
    public Map<String, Page> debugPages() {
        return Map.of(SchedulerPage.PATH, new SchedulerPage(dumps, this::idle));
    }

    private String idle() {
        if (leading && started) {
            return "";
        }
        return leadership
                .lease()
                .filter(lease -> started)
                .map(lease -> "this replica does not lead: ask the pod that the Lease " + lease + " names")
                .orElse("starting: the caches are not complete yet");
    }

    /** Stops working, then gives the lease back, so that another replica may take over at once. */
    @Override
    public void close() {
        leadership.stopping();
        policies.close();
        lists.close();
        profiles.close();
        orphans.close();
        operator.stop();
        dispatchWake.close();
        workerWake.close();
        jobWake.close();
        environmentWake.close();
        checkWake.close();
        writers.shutdownNow();
        events.close();
        if (started) {
            leadership.release(client);
        }
    }
}

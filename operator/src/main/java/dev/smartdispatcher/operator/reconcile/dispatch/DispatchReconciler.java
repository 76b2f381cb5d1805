package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.dispatch.core.Dispatcher;
import dev.smartdispatcher.operator.dispatch.core.Phase;
import dev.smartdispatcher.operator.dispatch.fleet.Ledger;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.reconcile.ApiFailure;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.DispatcherMetrics;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.reconcile.JobStatusWriter;
import dev.smartdispatcher.operator.reconcile.LogKeys;
import dev.smartdispatcher.operator.reconcile.Wake;
import dev.smartdispatcher.operator.reconcile.feed.Feed;
import dev.smartdispatcher.operator.status.StatusFactory;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the scheduling pass. Its primary is the one DispatchPolicy, to which every event of jobs, workers, nodes and
 * environments is mapped: so passes never overlap, and what happens during one is looked at in the next.
 */
@ControllerConfiguration(name = "dispatch", generationAwareEventProcessing = false)
public final class DispatchReconciler implements Reconciler<DispatchPolicy> {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchReconciler.class);
    /** A look without an event, for what only time changes: silence, drain deadlines, back-off. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Caches caches;
    private final Feed feed;
    private final Tellings tellings;
    private final Allocations allocations;
    private final JobStatusWriter writer;
    private final EventRecorder events;
    private final DispatcherMetrics metrics;
    private final Wake<DispatchPolicy> wake;
    private final Wake<BuildWorker> workers;
    private final ExecutorService writers;
    private final EvictionGuards guards;
    private final Clock clock;

    public DispatchReconciler(
            KubernetesClient client,
            Caches caches,
            JobStatusWriter writer,
            EventRecorder events,
            DispatcherMetrics metrics,
            Wake<DispatchPolicy> wake,
            Wake<BuildWorker> workers,
            ExecutorService writers,
            Clock clock) {
        this.caches = caches;
        var ledger = new Ledger();
        this.feed = new Feed(caches, ledger);
        this.clock = clock;
        this.allocations = new Allocations(new StatusFactory(clock));
        this.tellings = new Tellings(new WaitingWriter(writer, events, clock), writers);
        this.writer = writer;
        this.events = events;
        this.metrics = metrics;
        this.wake = wake;
        this.workers = workers;
        this.writers = writers;
        this.guards = new EvictionGuards(client, caches, ledger, clock);
    }

    @Override
    public List<EventSource<?, DispatchPolicy>> prepareEventSources(EventSourceContext<DispatchPolicy> context) {
        caches.lendPolicies(context.getPrimaryCache());
        var namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, DispatchPolicy.class)
                        .withSecondaryToPrimaryMapper(this::policyOf)
                        .build(),
                context);
        caches.lendNamespaces(namespaces);
        return List.of(namespaces, wake.source());
    }

    @Override
    public UpdateControl<DispatchPolicy> reconcile(DispatchPolicy policy, Context<DispatchPolicy> context) {
        if (!DispatchPolicy.NAME.equals(policy.getMetadata().getName())) {
            events.warning(policy, Reason.IgnoredPolicy, DispatchPolicy.SINGLETON);
            return UpdateControl.noUpdate();
        }
        if (!caches.synced()) {
            return UpdateControl.<DispatchPolicy>noUpdate().rescheduleAfter(Duration.ofMillis(100));
        }
        var now = clock.instant();
        var dispatcher = feed.update(now, Optional.ofNullable(policy.getStatus()));
        var outcome = metrics.pass().record(() -> dispatcher.pass(now, Dispatcher.MOST_AT_ONCE, Phase.Listener.NONE));
        int placed = write(outcome.placements());
        tellings.tell(outcome.waits(), feed);
        caches.kept().update(dispatcher.reservations(), now).forEach(worker -> workers.up(new ResourceID(worker)));
        lowerGuards();
        if (outcome.behind()) {
            wake.up(new ResourceID(DispatchPolicy.NAME));
        }
        return report(policy, dispatcher, placed, now);
    }

    /** Labels of a namespace decide what its jobs are entitled to. */
    private Set<ResourceID> policyOf(Namespace namespace) {
        caches.changes().everything();
        return Set.of(new ResourceID(DispatchPolicy.NAME));
    }

    /** Writes all placements side by side; they are independent of each other. Returns how many were written. */
    private int write(List<Placement> placements) {
        placements.forEach(feed::placed);
        var writes = guarded(placements).stream()
                .map(p -> CompletableFuture.supplyAsync(() -> write(p), writers))
                .toList();
        return (int) writes.stream().filter(CompletableFuture::join).count();
    }

    /** Those whose pods cannot be evicted; the others wait, and are looked at again after some seconds. */
    private List<Placement> guarded(List<Placement> placements) {
        var failures = guards.raise(
                placements.stream().map(p -> p.job().key().namespace()).collect(Collectors.toSet()));
        var guarded = new ArrayList<Placement>();
        for (var placement : placements) {
            var failure = failures.get(placement.job().key().namespace());
            if (failure == null) {
                guarded.add(placement);
            } else {
                feed.failed(placement);
                tellings.tell(feed.job(placement), unguarded(failure));
            }
        }
        return guarded;
    }

    private static Waiting unguarded(KubernetesClientException failure) {
        return new Waiting(
                Reason.QuotaExceeded,
                "the PodDisruptionBudget that holds off evictions is refused: " + ApiFailure.reason(failure),
                null,
                null,
                null);
    }

    private boolean write(Placement placement) {
        var job = feed.job(placement);
        try {
            var environment = caches.environment(job.getSpec().environment());
            var written =
                    environment.flatMap(e -> writer.write(job, allocations.allocated(job, placement, e.getSpec())));
            if (written.isPresent()) {
                placed(written.get(), placement);
                return true;
            }
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.JOB, placement.job().key())
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("allocation not written: {}", ApiFailure.reason(e));
        }
        feed.failed(placement);
        metrics.conflicted();
        wake.up(new ResourceID(DispatchPolicy.NAME));
        return false;
    }

    private void lowerGuards() {
        try {
            guards.lower();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("eviction guards not lowered: {}", ApiFailure.reason(e));
        }
    }

    private void placed(BuildJob job, Placement placement) {
        metrics.placed();
        var allocation = job.getStatus().allocation();
        LOG.atInfo()
                .addKeyValue(LogKeys.JOB, placement.job().key())
                .addKeyValue(LogKeys.ATTEMPT, placement.job().attempt())
                .addKeyValue(LogKeys.WORKER, allocation.worker())
                .addKeyValue(LogKeys.MODE, allocation.mode())
                .addKeyValue(LogKeys.PROCESSES, allocation.parallelism())
                .log("dispatched");
        events.normal(
                job,
                Reason.Dispatched,
                "attempt " + placement.job().attempt() + " on " + allocation.worker() + " (" + allocation.hostArch()
                        + ", "
                        + allocation.mode() + ") with N=" + allocation.parallelism() + ", memory "
                        + allocation.memory());
    }

    private UpdateControl<DispatchPolicy> report(
            DispatchPolicy policy, Dispatcher dispatcher, int placed, Instant now) {
        var unready = feed.unready().stream().map(u -> u.waiting().reason()).toList();
        var queue = Queues.summary(dispatcher.reasons(), dispatcher.waiting(), unready, feed.running() + placed);
        metrics.queue(queue.pending(), queue.running());
        var told = Optional.ofNullable(policy.getStatus())
                .map(DispatchPolicyStatus::tenants)
                .orElse(List.of());
        var status = new DispatchPolicyStatus(queue, feed.tenants().usage(told, dispatcher, now));
        if (Objects.equals(policy.getStatus(), status)) {
            return UpdateControl.<DispatchPolicy>noUpdate().rescheduleAfter(LOOK_AGAIN);
        }
        var fresh = new DispatchPolicy();
        fresh.setMetadata(
                new ObjectMetaBuilder().withName(policy.getMetadata().getName()).build());
        fresh.setStatus(status);
        return UpdateControl.patchStatus(fresh).rescheduleAfter(LOOK_AGAIN);
    }
}

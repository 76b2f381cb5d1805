package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.operator.dispatch.fleet.Ledger;
import dev.smartdispatcher.operator.dispatch.pass.Pass;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.pass.Plan;
import dev.smartdispatcher.operator.reconcile.ApiFailure;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.DispatcherMetrics;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.reconcile.JobStatusWriter;
import dev.smartdispatcher.operator.reconcile.LogKeys;
import dev.smartdispatcher.operator.reconcile.Wake;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Ledger ledger;
    private final Looker looker;
    private final Allocations allocations;
    private final WaitingWriter waitings;
    private final JobStatusWriter writer;
    private final EventRecorder events;
    private final DispatcherMetrics metrics;
    private final Wake<DispatchPolicy> wake;
    private final ExecutorService writers;
    private final EvictionGuards guards;

    public DispatchReconciler(
            KubernetesClient client,
            Caches caches,
            JobStatusWriter writer,
            EventRecorder events,
            DispatcherMetrics metrics,
            Wake<DispatchPolicy> wake,
            ExecutorService writers,
            Clock clock) {
        this.caches = caches;
        this.ledger = new Ledger();
        this.looker = new Looker(caches, ledger, clock);
        this.allocations = new Allocations(new StatusFactory(clock));
        this.waitings = new WaitingWriter(writer, events, clock);
        this.writer = writer;
        this.events = events;
        this.metrics = metrics;
        this.wake = wake;
        this.writers = writers;
        this.guards = new EvictionGuards(client, caches, ledger, clock);
    }

    @Override
    public List<EventSource<?, DispatchPolicy>> prepareEventSources(EventSourceContext<DispatchPolicy> context) {
        caches.lendPolicies(context.getPrimaryCache());
        var namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, DispatchPolicy.class)
                        .withSecondaryToPrimaryMapper(namespace -> Set.of(new ResourceID(DispatchPolicy.NAME)))
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
        var look = looker.look();
        var plan = metrics.pass().record(() -> Pass.run(look.snapshot()));
        int placed = write(look, plan);
        tell(look, plan);
        lowerGuards();
        return report(policy, look, plan, placed);
    }

    /** Writes all placements side by side; they are independent of each other. Returns how many were written. */
    private int write(Look look, Plan plan) {
        plan.placements()
                .forEach(p -> ledger.assume(
                        p.claim(),
                        look.jobs().get(p.job().key().uid()).getMetadata().getResourceVersion()));
        var writes = guarded(look, plan.placements()).stream()
                .map(p -> CompletableFuture.supplyAsync(() -> write(look, p), writers))
                .toList();
        return (int) writes.stream().filter(CompletableFuture::join).count();
    }

    /** Those whose pods cannot be evicted; the others wait, and are looked at again after some seconds. */
    private List<Placement> guarded(Look look, List<Placement> placements) {
        var failures = guards.raise(
                placements.stream().map(p -> p.job().key().namespace()).collect(Collectors.toSet()));
        var guarded = new ArrayList<Placement>();
        for (var placement : placements) {
            var failure = failures.get(placement.job().key().namespace());
            if (failure == null) {
                guarded.add(placement);
            } else {
                ledger.forget(placement.claim().id());
                tell(look.jobs().get(placement.job().key().uid()), unguarded(failure));
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

    private boolean write(Look look, Placement placement) {
        var job = look.jobs().get(placement.job().key().uid());
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
        ledger.forget(placement.claim().id());
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

    private void tell(Look look, Plan plan) {
        var unready = look.unready().stream().map(u -> telling(u.job(), u.waiting()));
        var waits =
                plan.waits().stream().map(w -> telling(look.jobs().get(w.job().uid()), WaitingWriter.waiting(w)));
        CompletableFuture.allOf(Stream.concat(unready, waits).toArray(CompletableFuture[]::new))
                .join();
        waitings.keepOnly(Stream.concat(
                        plan.waits().stream().map(w -> w.job().uid()),
                        look.unready().stream().map(u -> u.job().getMetadata().getUid()))
                .collect(Collectors.toSet()));
    }

    private CompletableFuture<Void> telling(BuildJob job, Waiting waiting) {
        return CompletableFuture.runAsync(() -> tell(job, waiting), writers);
    }

    private void tell(BuildJob job, Waiting waiting) {
        try {
            waitings.tell(job, waiting);
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.JOB, job.getMetadata().getName())
                    .log("reason for waiting not written: {}", ApiFailure.reason(e));
        }
    }

    private UpdateControl<DispatchPolicy> report(DispatchPolicy policy, Look look, Plan plan, int placed) {
        var reasons = new ArrayList<Reason>();
        plan.waits().forEach(w -> reasons.add(w.explanation().reason()));
        look.unready().forEach(u -> reasons.add(u.waiting().reason()));
        var queue = Queues.summary(reasons, look.running() + placed);
        metrics.queue(queue.pending(), queue.running());
        var status = new DispatchPolicyStatus(queue, List.of());
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

package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.dispatch.core.Dispatcher;
import dev.smartdispatcher.operator.dispatch.core.Phase;
import dev.smartdispatcher.operator.dispatch.fleet.Ledger;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.share.Hold;
import dev.smartdispatcher.operator.reconcile.ApiFailure;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.DispatcherMetrics;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.reconcile.JobStatusWriter;
import dev.smartdispatcher.operator.reconcile.LogKeys;
import dev.smartdispatcher.operator.reconcile.Wake;
import dev.smartdispatcher.operator.reconcile.cache.LeanStore;
import dev.smartdispatcher.operator.reconcile.cache.Pages;
import dev.smartdispatcher.operator.reconcile.dispatch.AllocationWriter.Outcome;
import dev.smartdispatcher.operator.reconcile.dispatch.AllocationWriter.Sent;
import dev.smartdispatcher.operator.reconcile.feed.Feed;
import dev.smartdispatcher.operator.reconcile.standing.Standings;
import dev.smartdispatcher.operator.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.status.StatusFactory;
import io.fabric8.kubernetes.api.model.Namespace;
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
import java.util.Optional;
import java.util.Set;
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
    private final Allocations statuses;
    private final AllocationWriter allocations;
    private final EventRecorder events;
    private final DispatcherMetrics metrics;
    private final Wake<DispatchPolicy> wake;
    private final Wake<BuildWorker> workers;
    private final EvictionGuards guards;
    private final Clock clock;
    private final Unsettled unsettled = new Unsettled();
    private final KubernetesClient client;
    private final PolicyHealth health;
    private final GuardRefusals guardRefusals;
    private final PolicyReport report = new PolicyReport();

    public DispatchReconciler(
            KubernetesClient client,
            Caches caches,
            JobStatusWriter writer,
            EventRecorder events,
            DispatcherMetrics metrics,
            Wake<DispatchPolicy> wake,
            Wake<BuildWorker> workers,
            ExecutorService writers,
            Standings standings,
            Clock clock) {
        this.caches = caches;
        var ledger = new Ledger();
        this.feed = new Feed(caches, ledger, standings);
        this.clock = clock;
        this.statuses = new Allocations(new StatusFactory(clock));
        this.allocations = new AllocationWriter(writer, events, metrics, writers);
        this.tellings = new Tellings(new WaitingWriter(writer, events, clock), writers);
        this.events = events;
        this.metrics = metrics;
        this.wake = wake;
        this.workers = workers;
        this.client = client;
        this.guardRefusals = new GuardRefusals(caches.holds());
        this.health = new PolicyHealth(client, caches, events, new StatusFactory(clock));
        this.guards = new EvictionGuards(client, caches, ledger, clock);
    }

    @Override
    public List<EventSource<?, DispatchPolicy>> prepareEventSources(EventSourceContext<DispatchPolicy> context) {
        caches.lendPolicies(context.getPrimaryCache());
        var namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, DispatchPolicy.class)
                        .withItemStore(LeanStore.namespaces())
                        .withInformerListLimit(Pages.SIZE)
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
        health.look(now);
        var dispatcher = feed.update(now, Optional.ofNullable(policy.getStatus()));
        var outcome = metrics.pass().record(() -> dispatcher.pass(now, Dispatcher.MOST_AT_ONCE, Phase.Listener.NONE));
        int placed = write(outcome.placements(), now);
        boolean untold = tellings.tell(outcome.waits(), feed);
        caches.kept().update(dispatcher.reservations(), now).forEach(worker -> workers.up(new ResourceID(worker)));
        lowerGuards();
        if (outcome.behind() || feed.lookAtHeld(now) || untold) {
            wake.up(new ResourceID(DispatchPolicy.NAME));
        }
        return report(policy, dispatcher, placed, now);
    }

    /** Labels of a namespace decide what its jobs are entitled to. */
    private Set<ResourceID> policyOf(Namespace namespace) {
        caches.changes().everything();
        return Set.of(new ResourceID(DispatchPolicy.NAME));
    }

    /** Writes the new placements, and again those that may not be. Returns how many were written. */
    private int write(List<Placement> placements, Instant now) {
        placements.forEach(placement -> feed.placed(placement, now));
        var decisions = new ArrayList<>(unsettled.due(d -> feed.stands(d.placement(), d.job()), now));
        guarded(placements, now).forEach(p -> decide(p).ifPresentOrElse(decisions::add, () -> feed.failed(p)));
        var sent = allocations.write(decisions);
        unsettled.sent(sent, now);
        sent.stream().filter(s -> s.outcome() == Outcome.Refused).forEach(s -> giveUp(s, now));
        unsettled.hopeless(now).stream()
                .filter(s -> isUntouched(s.decision().job()))
                .forEach(s -> giveUp(s, now));
        return decisions(sent, Outcome.Written).size();
    }

    /** What the job needs cannot be written: its room is free, and it is tried again after a while. */
    private void giveUp(Sent sent, Instant now) {
        var uid = sent.decision().job().getMetadata().getUid();
        unsettled.forget(sent.decision());
        caches.faults()
                .refused(
                        Subject.job(uid),
                        0,
                        new Hold.Told(Reason.ApiServerError, "its allocation is not written: " + sent.said()),
                        uid,
                        now);
        feed.failed(sent.decision().placement());
    }

    /**
     * Whether the API server has the job as it was when it was decided on, so that none of the requests that failed was done
     * after all. Should one of them still be on its way, it is found when it shows: by {@code SecondLook}, before there is a pod.
     */
    private boolean isUntouched(BuildJob job) {
        var meta = job.getMetadata();
        try {
            return Optional.ofNullable(client.resources(BuildJob.class)
                            .inNamespace(meta.getNamespace())
                            .withName(meta.getName())
                            .get())
                    .filter(found -> found.getMetadata().getResourceVersion().equals(meta.getResourceVersion()))
                    .isPresent();
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static List<Decision> decisions(List<Sent> sent, Outcome outcome) {
        return sent.stream()
                .filter(s -> s.outcome() == outcome)
                .map(Sent::decision)
                .toList();
    }

    /** Empty if its environment or its worker has gone since the pass looked. */
    private Optional<Decision> decide(Placement placement) {
        var job = feed.job(placement);
        if (!feed.hasWorker(placement)) {
            wake.up(new ResourceID(DispatchPolicy.NAME));
            return Optional.empty();
        }
        return caches.environment(job.getSpec().environment())
                .map(e -> new Decision(job, placement, statuses.allocated(job, placement, e.getSpec())));
    }

    /** Those whose pods cannot be evicted; the others wait, and their namespace is asked again after a pause. */
    private List<Placement> guarded(List<Placement> placements, Instant now) {
        var namespaces = placements.stream().map(p -> p.job().key().namespace()).collect(Collectors.toSet());
        var failures = guards.raise(namespaces);
        guardRefusals.told(namespaces, failures, now);
        var guarded = new ArrayList<Placement>();
        for (var placement : placements) {
            var key = placement.job().key();
            if (failures.containsKey(key.namespace())) {
                guardRefusals.wait(key, failures.get(key.namespace()), now);
                feed.failed(placement);
            } else {
                guarded.add(placement);
            }
        }
        return guarded;
    }

    private void lowerGuards() {
        try {
            guards.lower().forEach((namespace, failure) -> notLowered("eviction guard of " + namespace, failure));
        } catch (KubernetesClientException e) {
            notLowered("eviction guards", e);
        }
    }

    private static void notLowered(String what, KubernetesClientException e) {
        LOG.atWarn()
                .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                .log("{} not lowered: {}", what, ApiFailure.reason(e));
    }

    private UpdateControl<DispatchPolicy> report(
            DispatchPolicy policy, Dispatcher dispatcher, int placed, Instant now) {
        var unready = feed.unready().stream().map(u -> u.waiting().reason()).toList();
        var queue = Queues.summary(dispatcher.reasons(), dispatcher.waiting(), unready, feed.running() + placed);
        metrics.queue(queue.pending(), queue.running());
        var again = caches.holds()
                .next(now)
                .map(next -> Duration.between(now, next))
                .filter(left -> left.compareTo(LOOK_AGAIN) < 0)
                .orElse(LOOK_AGAIN);
        if ((!unsettled.isEmpty() || feed.isBehind()) && again.compareTo(Unsettled.INTERVAL) > 0) {
            again = Unsettled.INTERVAL;
        }
        return report.of(
                policy,
                queue,
                told -> feed.tenants().usage(told, dispatcher, now),
                health.conditions(policy),
                again,
                now);
    }
}

package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.availability.Availability;
import dev.smartdispatcher.operator.availability.Workers;
import dev.smartdispatcher.operator.dispatch.fleet.Ledger;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.pass.Snapshot;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.packages.EnvironmentCheck;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.validation.SpecCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at the caches and the ledger and makes the snapshot for a pass. */
final class Looker {
    /** A quota is freed when something of the namespace ends, which nobody tells. */
    private static final Duration QUOTA_BACK_OFF = Duration.ofSeconds(30);

    private final Caches caches;
    private final Ledger ledger;
    private final Clock clock;

    Looker(Caches caches, Ledger ledger, Clock clock) {
        this.caches = caches;
        this.ledger = ledger;
        this.clock = clock;
    }

    Look look() {
        var now = clock.instant();
        var policy = caches.policy();
        var all = caches.jobs().toList();
        settle(all);
        var unknown = new EnumMap<Reason, Integer>(Reason.class);
        var workers = workers(policy, now, unknown);
        var largest = workers.stream().mapToLong(w -> w.budget().memory()).max().orElse(Long.MAX_VALUE);
        var views = new PendingJobs(policy.defaults(), largest, now);
        var pending = new ArrayList<PendingJob>();
        var jobs = new HashMap<String, BuildJob>();
        var unready = new ArrayList<Look.Unready>();
        int running = 0;
        for (var job : all) {
            var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
            if (status.liveAttempt().isPresent()) {
                running++;
            } else if (waits(job, status)) {
                var obstacle = quotaBackOff(status, now).or(() -> queue(job, status, views, pending));
                if (obstacle.isPresent()) {
                    unready.add(new Look.Unready(job, obstacle.get()));
                } else {
                    jobs.put(job.getMetadata().getUid(), job);
                }
            }
        }
        var claims = ledger.union(ObservedClaims.all(caches));
        var snapshot = new Snapshot(now, workers, unknown, claims, pending, policy.modePenaltyPercent());
        return new Look(snapshot, jobs, running, unready);
    }

    /** An assumed decision is settled when its job is no longer as it was when it was made. */
    private void settle(List<BuildJob> all) {
        ledger.settle(all.stream()
                .collect(Collectors.toMap(
                        job -> job.getMetadata().getUid(),
                        job -> job.getMetadata().getResourceVersion(),
                        (one, other) -> one)));
    }

    private boolean waits(BuildJob job, BuildJobStatus status) {
        return status.pending()
                && job.getMetadata().getDeletionTimestamp() == null
                && !ledger.assumes(job.getMetadata().getUid())
                && SpecCheck.problems(job.getMetadata().getName(), job.getSpec())
                        .isEmpty();
    }

    /** A namespace that refused the pod is not asked again at once. */
    private static Optional<Waiting> quotaBackOff(BuildJobStatus status, Instant now) {
        return status.condition(BuildJobStatus.DISPATCHED)
                .filter(c -> c.reason().equals(Reason.QuotaExceeded.name())
                        && now.isBefore(c.lastTransitionTime().plus(QUOTA_BACK_OFF)))
                .map(c -> waiting(Reason.QuotaExceeded, c.message()));
    }

    /** Adds the job to those that the pass looks at; why not, if it cannot be placed whatever the workers. */
    private Optional<Waiting> queue(BuildJob job, BuildJobStatus status, PendingJobs views, List<PendingJob> pending) {
        var name = job.getSpec().environment();
        var environment = caches.environment(name);
        if (environment.isEmpty()) {
            return Optional.of(waiting(Reason.UnknownEnvironment, "there is no BuildEnvironment '" + name + "'"));
        }
        var spec = environment.get().getSpec();
        var problems = EnvironmentCheck.problems(spec);
        if (!problems.isEmpty()) {
            return Optional.of(waiting(
                    Reason.InvalidEnvironment,
                    "BuildEnvironment '" + name + "' is not valid: " + String.join("; ", problems)));
        }
        var refusal = isolationRefusal(job);
        if (refusal.isPresent()) {
            return Optional.of(waiting(Reason.IsolationNotAllowed, refusal.get()));
        }
        try {
            pending.add(views.of(job, status, spec));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            // The job's own amounts were found right: what is left are the policy's.
            return Optional.of(
                    waiting(Reason.InvalidPolicy, "DispatchPolicy default, spec.defaults: " + e.getMessage()));
        }
    }

    /** A policy may be changed: the job waits until it allows what the job asks for. */
    private Optional<String> isolationRefusal(BuildJob job) {
        var namespace = job.getMetadata().getNamespace();
        return new Isolations(caches.policy().isolation())
                .refusal(
                        job.getSpec().requiresOrNothing().isolationOrDefault(),
                        namespace,
                        caches.namespaceLabels(namespace));
    }

    private static Waiting waiting(Reason reason, String message) {
        return new Waiting(reason, message, null, null, null);
    }

    private List<Worker> workers(DispatchPolicySpec policy, Instant now, Map<Reason, Integer> unknown) {
        var workers = new ArrayList<Worker>();
        caches.workers().forEach(worker -> {
            var view = view(worker, policy, now);
            if (view.worker().isPresent()) {
                workers.add(view.worker().get());
            } else {
                unknown.merge(view.closed(), 1, Integer::sum);
            }
        });
        return workers;
    }

    private View view(BuildWorker worker, DispatchPolicySpec policy, Instant now) {
        var meta = worker.getMetadata();
        var facts = Optional.ofNullable(worker.getStatus()).map(s -> s.agent());
        var node = caches.node(meta.getName());
        var annotations = meta.getAnnotations() == null ? Map.<String, String>of() : meta.getAnnotations();
        var labels = meta.getLabels() == null ? Map.<String, String>of() : meta.getLabels();
        var standing = Availability.judge(annotations, worker.getSpec(), facts, node, policy.tolerations(), now);
        return new View(
                Workers.of(
                        meta.getName(),
                        labels,
                        worker.getSpec(),
                        facts,
                        node,
                        standing,
                        new Isolations(policy.isolation())),
                standing.closed().orElse(Reason.InvalidFacts));
    }

    private record View(Optional<Worker> worker, Reason closed) {}
}

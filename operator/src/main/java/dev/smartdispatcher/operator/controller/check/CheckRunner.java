package dev.smartdispatcher.operator.controller.check;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.check.CheckObservation;
import dev.smartdispatcher.operator.check.CheckOutcome;
import dev.smartdispatcher.operator.check.CheckRunMark;
import dev.smartdispatcher.operator.check.CheckValidity;
import dev.smartdispatcher.operator.check.DueChecks;
import dev.smartdispatcher.operator.check.WorkerChecks;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.worker.node.NodeState;
import dev.smartdispatcher.operator.workload.check.CheckPod;
import dev.smartdispatcher.operator.workload.check.CheckPodRequest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the checks of one worker at a time, one after the other: creates the pod of the next that is due, takes its end into the
 * worker's status, and deletes it once the status has it. Whoever takes over in between finds the pod by its name, and by its
 * round whether the status has its result.
 */
public final class CheckRunner {
    /** How long a result counts on while its check cannot be run; and how near its end it must be to be prolonged. */
    private static final Duration PROLONGED = Duration.ofMinutes(10);

    /** Closed workers that open by their checks. */
    private static final Set<Reason> UNPROVEN = Set.of(Reason.CheckFailed, Reason.Quarantined);

    private static final Set<Reason> EMPTIED = Set.of(Reason.Draining, Reason.NodeCordoned);

    private final ClusterView cluster;
    private final CheckPods pods;
    private final CheckRequests requests;
    private final CheckSlots slots;
    private final StalledChecks stalled;
    private final EventRecorder events;
    private final DispatcherMetrics metrics;
    private final Wake<BuildWorker> workers;
    private final Wake<WorkerCheck> checks;
    private final Clock clock;
    private final Map<String, Integer> due = new ConcurrentHashMap<>();

    public CheckRunner(
            KubernetesClient client,
            ClusterView cluster,
            StalledChecks stalled,
            EventRecorder events,
            DispatcherMetrics metrics,
            Wake<BuildWorker> workers,
            Wake<WorkerCheck> checks,
            ServerClock server,
            Clock clock) {
        this.cluster = cluster;
        this.pods = new CheckPods(client, server);
        this.requests = new CheckRequests(cluster, pods, events);
        this.slots = new CheckSlots(cluster, clock);
        this.stalled = stalled;
        this.events = events;
        this.metrics = metrics;
        this.workers = workers;
        this.checks = checks;
        this.clock = clock;
    }

    /** Does what is to be done now for the checks of a worker; returns its results for its status. */
    public List<CheckResult> look(BuildWorker worker, WorkerAssessment assessment) {
        var name = worker.getMetadata().getName();
        var before = Optional.ofNullable(worker.getStatus())
                .map(BuildWorkerStatus::checks)
                .orElse(List.of());
        var running = cluster.checkPodsOn(name);
        if (cluster.checks().isEmpty()
                && before.isEmpty()
                && running.isEmpty()
                && CheckRequests.of(worker).isEmpty()) {
            return List.of();
        }
        var selecting = selecting(worker);
        var results = new TreeMap<String, CheckResult>();
        before.stream()
                .filter(result -> result.name() != null && isOf(selecting.get(result.name()), result))
                .forEach(result -> results.put(result.name(), result));
        var boot = cluster.node(name).map(NodeState::boot).orElse("");
        running.forEach(pod -> take(worker, pod, selecting, results, boot));
        prolong(selecting, results, boot);
        var wanted = requests.wanted(worker, assessment, running);
        boolean starting = slots.isStarting(name, running);
        if (running.isEmpty() && !starting) {
            start(worker, assessment, wanted, results, boot);
        }
        var after = List.copyOf(results.values());
        if (!after.equals(before)) {
            selecting.keySet().forEach(check -> checks.up(new ResourceID(check)));
        }
        return after;
    }

    /** Forgets a worker that is gone, and lets others run their checks in its place. */
    public void gone(String worker) {
        count(worker, 0);
        slots.giveBack(worker);
        freed();
    }

    /** A pod of a check is gone: whoever waits for a slot may have it. */
    public void freed() {
        slots.takeWaiting().forEach(worker -> workers.up(new ResourceID(worker)));
    }

    /** The worker that the label of a pod of a check names. */
    static String workerOf(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault(Labels.WORKER, "");
    }

    private Map<String, CheckDefinition> selecting(BuildWorker worker) {
        var labels = Optional.ofNullable(worker.getMetadata().getLabels()).orElse(Map.of());
        var byName = new TreeMap<String, CheckDefinition>();
        WorkerChecks.selecting(cluster.checks(), labels).stream()
                .limit(BuildWorkerStatus.MOST_CHECKS)
                .forEach(check -> byName.put(check.name(), check));
        return byName;
    }

    /** What was never run has a result of no WorkerCheck in particular. */
    private static boolean isOf(CheckDefinition check, CheckResult result) {
        return check != null && (result.checkUid() == null || result.checkUid().equals(check.uid()));
    }

    /** Takes the end of a pod's run into the results, and deletes a pod whose run is in them. */
    private void take(
            BuildWorker worker,
            Pod pod,
            Map<String, CheckDefinition> selecting,
            Map<String, CheckResult> results,
            String boot) {
        var mark = CheckRunMark.of(pod);
        var check = selecting.get(pod.getMetadata().getLabels().getOrDefault(Labels.CHECK, ""));
        if (mark.isEmpty()
                || check == null
                || !check.uid().equals(pod.getMetadata().getLabels().get(Labels.CHECK_UID))
                || isDone(mark.get(), results.get(check.name()))) {
            if (pod.getMetadata().getDeletionTimestamp() == null) {
                pods.delete(pod);
            }
            return;
        }
        var ran =
                new CheckDefinition(check.name(), check.uid(), mark.get().generation(), check.spec(), check.problems());
        CheckObservation.of(pod, check.spec().timeout(), clock.instant())
                .ifPresent(outcome -> record(worker, ran, outcome, mark.get().round(), results, boot));
    }

    private static boolean isDone(CheckRunMark mark, CheckResult result) {
        return result != null && result.lastRound() >= mark.round();
    }

    private void record(
            BuildWorker worker,
            CheckDefinition check,
            CheckOutcome outcome,
            long round,
            Map<String, CheckResult> results,
            String boot) {
        var before = results.getOrDefault(check.name(), CheckResult.none(check.name()));
        var after = outcome.applied(before, check, round, boot);
        results.put(check.name(), after);
        metrics.checkEnded(outcome.kind());
        if (after.passed() != null && !after.passed().equals(before.passed())) {
            if (after.passed()) {
                events.normal(worker, Reason.CheckPassed, "passed the check " + check.name());
            } else {
                events.warning(worker, Reason.CheckFailed, "failed the check " + check.name() + ": " + after.message());
            }
        }
    }

    private void prolong(Map<String, CheckDefinition> selecting, Map<String, CheckResult> results, String boot) {
        var now = clock.instant();
        results.replaceAll((name, result) -> {
            boolean ends = result.expires() != null
                    && result.expires().isAfter(now)
                    && result.expires().isBefore(now.plus(PROLONGED.dividedBy(2)));
            return ends
                            && stalled.contains(name)
                            && CheckValidity.isOf(result, selecting.get(name), boot)
                            && result.passed()
                    ? result.withExpires(now.plus(PROLONGED))
                    : result;
        });
    }

    private void start(
            BuildWorker worker,
            WorkerAssessment assessment,
            Optional<CheckDefinition> wanted,
            Map<String, CheckResult> results,
            String boot) {
        var name = worker.getMetadata().getName();
        var closed = assessment.schedulability().closed();
        boolean open = closed.isEmpty() || UNPROVEN.contains(closed.get());
        var run = assessment.checks().definitions();
        var waiting = open
                ? new DueChecks(name, boot, clock.instant()).of(run, results.values(), assessment.trialChecks())
                : List.<CheckDefinition>of();
        int started = 0;
        if (wanted.isPresent() && (open || EMPTIED.contains(closed.orElseThrow()))) {
            started = start(worker, wanted.get(), true, results) ? 1 : 0;
        } else if (!waiting.isEmpty()) {
            started = start(worker, waiting.get(0), false, results) ? 1 : 0;
        }
        count(name, Math.max(0, waiting.size() - started));
    }

    private boolean start(BuildWorker worker, CheckDefinition check, boolean asked, Map<String, CheckResult> results) {
        var meta = worker.getMetadata();
        var result = results.getOrDefault(check.name(), CheckResult.none(check.name()));
        var policy = cluster.policy();
        if (CheckPodRequest.image(check, policy).isEmpty()) {
            return false;
        }
        var pod = CheckPod.of(CheckPodRequest.of(
                cluster.checkNamespace(),
                check,
                new CheckRunMark(result.lastRound() + 1, check.generation(), asked),
                meta.getName(),
                meta.getUid(),
                policy));
        if (!slots.take(meta.getName(), pod.getMetadata().getName(), asked)) {
            return false;
        }
        boolean created = false;
        try {
            var refusal = pods.create(pod);
            created = refusal.isEmpty();
            refusal.ifPresent(message -> record(
                    worker,
                    check,
                    new CheckOutcome.NotRun(message, clock.instant()),
                    result.lastRound() + 1,
                    results,
                    ""));
            return created;
        } finally {
            if (!created) {
                slots.giveBack(meta.getName());
            }
        }
    }

    private void count(String worker, int now) {
        var before = now == 0 ? due.remove(worker) : due.put(worker, now);
        metrics.checksDue(now - (before == null ? 0 : before));
    }
}

package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.IsolationRule;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.check.CheckValidity;
import dev.smartdispatcher.operator.check.TrialChecks;
import dev.smartdispatcher.operator.check.WorkerChecks;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.informer.Subscriber;
import dev.smartdispatcher.operator.health.Standing;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.worker.SchedulabilityRules;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.worker.WorkerAssessment.Evidence;
import dev.smartdispatcher.operator.worker.WorkerName;
import dev.smartdispatcher.operator.worker.node.NodeState;
import dev.smartdispatcher.operator.workload.cache.CacheVolume;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The assessments of workers, as the caches show them. A worker is assessed once for each revision of what is known of it, and
 * the result is remembered for everything that asks. Also remembers when agents were heard. Safe for use by several threads.
 */
public final class WorkerAssessments implements Subscriber<BuildWorker> {
    private static final String FACTS = "status.agent";

    private final ClusterView cluster;
    private final WorkerHealth health;
    private final AgentHeartbeats heartbeats;
    private final Clock clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    /**
     * All that an assessment depends on: an object's resource version stands for the object.
     *
     * @param foreign whether the facts are those of a machine that had this name before
     * @param namedLabels keys of labels of Nodes that the policy names
     * @param nodeLabels those of them that the Node has
     */
    private record Revision(
            String uid,
            String resourceVersion,
            boolean silent,
            boolean foreign,
            Optional<Duration> ahead,
            Optional<NodeState> node,
            List<String> unreadableOfNode,
            boolean due,
            int caches,
            List<String> namedLabels,
            Map<String, String> nodeLabels,
            List<TaintToleration> tolerations,
            List<IsolationRule> isolation,
            List<CheckDefinition> selecting,
            Map<String, CheckStanding> standings,
            Map<String, String> checkFacts,
            Standing health,
            Set<String> untried) {}

    private record Remembered(Revision revision, WorkerAssessment assessment) {}

    public WorkerAssessments(ClusterView cluster, WorkerHealth health, Clock clock) {
        this.cluster = cluster;
        this.health = health;
        this.clock = clock;
        heartbeats = new AgentHeartbeats(clock);
    }

    /** The assessment of a worker now; empty if there is none of this name. */
    public Optional<WorkerAssessment> of(String worker) {
        return cluster.worker(worker).map(this::of);
    }

    /** The assessment of this worker now; the same object as long as nothing changes that it depends on. */
    public WorkerAssessment of(BuildWorker worker) {
        var name = worker.getMetadata().getName();
        var revision = revision(worker);
        return remembered
                .compute(
                        name,
                        (same, before) -> before != null && before.revision().equals(revision)
                                ? before
                                : new Remembered(revision, WorkerAssessment.of(evidence(worker, revision))))
                .assessment();
    }

    private Revision revision(BuildWorker worker) {
        var meta = worker.getMetadata();
        var heartbeat = heartbeats.of(worker);
        var policy = cluster.policy();
        var node = cluster.nodeMetadata(meta.getName());
        var state = cluster.node(meta.getName());
        var selecting = WorkerChecks.selecting(cluster.checks(), orEmpty(meta.getLabels()));
        var standing = health.of(worker);
        var standings = CheckValidity.standings(
                selecting, results(worker), state.map(NodeState::boot).orElse(""), clock.instant());
        return new Revision(
                meta.getUid(),
                meta.getResourceVersion(),
                heartbeat
                        .filter(h -> SchedulabilityRules.isSilent(h.seen(), clock.instant()))
                        .isPresent(),
                node.filter(made -> heartbeat.filter(h -> isOlder(h, made)).isPresent())
                        .isPresent(),
                heartbeat.flatMap(AgentHeartbeat::ahead),
                state,
                cluster.unreadableOfNode(meta.getName()),
                WorkerAssessment.maintenance(orEmpty(meta.getAnnotations()))
                        .filter(begin -> !clock.instant().isBefore(begin))
                        .isPresent(),
                caches(worker),
                policy.nodeLabels(),
                WorkerLabels.ofNode(orEmpty(node.map(ObjectMeta::getLabels).orElse(null)), policy.nodeLabels()),
                policy.tolerations(),
                policy.isolation(),
                selecting,
                standings,
                CheckValidity.facts(selecting, standings, results(worker)),
                standing,
                standing.trialSince()
                        .map(since -> TrialChecks.untried(selecting, results(worker), since))
                        .orElse(Set.of()));
    }

    private static List<CheckResult> results(BuildWorker worker) {
        return Optional.ofNullable(worker.getStatus())
                .map(BuildWorkerStatus::checks)
                .orElse(List.of());
    }

    /** A claim that only says that it is one counts for nothing. */
    private int caches(BuildWorker worker) {
        var meta = worker.getMetadata();
        return CacheVolume.of(meta.getName(), meta.getUid(), worker.getSpec())
                .map(volume -> (int) cluster.cachesOn(meta.getName()).stream()
                        .filter(volume::isIn)
                        .count())
                .orElse(0);
    }

    /**
     * Whether what the agent said was written before the Node was made: then it spoke of another machine that had its name. Both
     * times are the API server's: this process's clock may be behind it.
     */
    private static boolean isOlder(AgentHeartbeat heartbeat, ObjectMeta node) {
        try {
            return node.getCreationTimestamp() != null
                    && heartbeat
                            .written()
                            .filter(Instant.parse(node.getCreationTimestamp())::isAfter)
                            .isPresent();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Evidence evidence(BuildWorker worker, Revision revision) {
        var meta = worker.getMetadata();
        return new Evidence(
                meta.getName(),
                WorkerLabels.of(orEmpty(meta.getLabels()), revision.nodeLabels(), revision.namedLabels()),
                orEmpty(meta.getAnnotations()),
                meta.getDeletionTimestamp() != null,
                worker.getSpec(),
                facts(worker).filter(facts -> !revision.foreign()),
                unreadable(worker, revision.unreadableOfNode()),
                revision.silent(),
                revision.ahead(),
                revision.node(),
                isTerminating(worker),
                revision.due(),
                revision.caches(),
                revision.tolerations(),
                revision.isolation(),
                revision.selecting(),
                revision.standings(),
                revision.checkFacts(),
                revision.health(),
                revision.untried());
    }

    /** Whether the end of its Node was announced when its conditions were last written. */
    private static boolean isTerminating(BuildWorker worker) {
        return Optional.ofNullable(worker.getStatus())
                .flatMap(status -> status.condition(BuildWorkerStatus.SCHEDULABLE))
                .filter(condition -> Reason.NodeTerminating.name().equals(condition.reason()))
                .isPresent();
    }

    /** Notes when the worker's agent was heard, which the API server has noted among the managed fields. */
    @Override
    public void arrives(BuildWorker worker) {
        heartbeats.of(worker);
    }

    @Override
    public void gone(BuildWorker worker) {
        var name = worker.getMetadata().getName();
        heartbeats.forget(name);
        health.forget(worker);
        remembered.remove(name);
    }

    /** What cannot be read of what its administrator, its agent and its Node say of the worker, and what is wrong with its name. */
    private static List<String> unreadable(BuildWorker worker, List<String> ofNode) {
        return Stream.of(
                        Unreadable.of(worker, "spec", FACTS).stream(),
                        ofNode.stream().map(problem -> "the Node's " + problem),
                        WorkerName.problem(worker.getMetadata().getName()).stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** What the agent says of the worker; empty if nothing, or if part of it, or of the worker's spec, cannot be read. */
    private static Optional<AgentFacts> facts(BuildWorker worker) {
        return Optional.ofNullable(worker.getStatus())
                .map(status -> status.agent())
                .filter(facts -> Unreadable.of(worker, "spec", FACTS).isEmpty());
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}

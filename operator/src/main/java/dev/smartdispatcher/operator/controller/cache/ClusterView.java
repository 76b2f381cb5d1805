package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.ReservedFor;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.ReservedRoom;
import dev.smartdispatcher.operator.controller.refusal.ImageOutages;
import dev.smartdispatcher.operator.controller.refusal.NamespaceHolds;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.NodeState;
import dev.smartdispatcher.operator.worker.NodeStates;
import dev.smartdispatcher.operator.worker.PodRequests;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operator knows of the API server: one cache a kind, each owned by the controller that watches the kind and
 * lent to the others. Objects are shared and must not be changed. Lists may lag behind the operator's own writes.
 */
public final class ClusterView {
    private static final String BY_WORKER = "worker";
    private static final String BY_NODE = "node";
    private static final String BY_JOB = "job";
    /** The label that every namespace has. */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final String LIVE_BY_NAMESPACE = "live-namespace";

    private volatile IndexedResourceCache<BuildJob> jobs;
    private volatile IndexedResourceCache<BuildWorker> workers;
    private volatile IndexedResourceCache<BuildEnvironment> environments;
    private volatile IndexedResourceCache<DispatchPolicy> policies;
    private volatile IndexedResourceCache<Pod> pods;
    private volatile IndexedResourceCache<Node> nodes;
    private volatile IndexedResourceCache<Pod> otherPods;
    private volatile IndexedResourceCache<Namespace> namespaces;
    private final Changes changes = new Changes();
    private final ReservedRoom reserved = new ReservedRoom(this::reservedFor);
    private final NamespaceHolds holds = new NamespaceHolds();
    private final ObjectFaults faults = new ObjectFaults();
    private volatile List<String> policyProblems = List.of();
    private volatile DispatchPolicySpec readable = DispatchPolicySpec.STANDARD;
    private final ImageOutages images = new ImageOutages();
    private volatile boolean synced;

    /** What the scheduling cycle has to look at again. */
    public Changes changes() {
        return changes;
    }

    /** For whom room is reserved, and where. */
    public ReservedRoom reserved() {
        return reserved;
    }

    /** Namespaces that refuse what their jobs need. */
    public NamespaceHolds holds() {
        return holds;
    }

    /** Objects that the API server finds wrong. */
    public ObjectFaults faults() {
        return faults;
    }

    /** Images of environments that cannot be had. */
    public ImageOutages images() {
        return images;
    }

    /** Lends the jobs' cache, which is then indexed by worker and namespace of the live attempt. */
    public void lendJobs(IndexerResourceCache<BuildJob> cache) {
        cache.addIndexer(BY_WORKER, job -> Optional.ofNullable(job.getStatus())
                .flatMap(s -> s.liveAttempt())
                .map(Attempt::worker)
                .map(List::of)
                .orElse(List.of()));
        cache.addIndexer(LIVE_BY_NAMESPACE, job -> Optional.ofNullable(job.getStatus())
                .flatMap(s -> s.liveAttempt())
                .map(attempt -> List.of(job.getMetadata().getNamespace()))
                .orElse(List.of()));
        jobs = cache;
    }

    public void lendWorkers(IndexedResourceCache<BuildWorker> cache) {
        workers = cache;
    }

    public void lendEnvironments(IndexedResourceCache<BuildEnvironment> cache) {
        environments = cache;
    }

    public void lendPolicies(IndexedResourceCache<DispatchPolicy> cache) {
        policies = cache;
    }

    /** Lends the cache of pods that are labelled as worker pods, which is then indexed: those that are by worker and job, all by node. */
    public void lendPods(IndexerResourceCache<Pod> source) {
        source.addIndexer(
                BY_WORKER,
                pod -> AttemptPod.of(pod).map(AttemptPod::worker).map(List::of).orElse(List.of()));
        source.addIndexer(BY_NODE, ClusterView::node);
        source.addIndexer(
                BY_JOB,
                pod -> AttemptPod.of(pod).map(AttemptPod::jobUid).map(List::of).orElse(List.of()));
        pods = source;
    }

    /** Lends the cache of pods that are no builds, which is then indexed by the node. */
    public void lendOtherPods(IndexerResourceCache<Pod> source) {
        source.addIndexer(BY_NODE, ClusterView::node);
        otherPods = source;
    }

    private static List<String> node(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getNodeName()).map(List::of).orElse(List.of());
    }

    public void lendNodes(IndexedResourceCache<Node> cache) {
        nodes = cache;
    }

    public void lendNamespaces(IndexedResourceCache<Namespace> cache) {
        namespaces = cache;
    }

    /** All controllers have started: from now on an object that is not in its cache is not there. */
    public void markSynced() {
        synced = true;
    }

    /** Whether the caches can be trusted to be whole. */
    public boolean synced() {
        return synced;
    }

    public Stream<BuildJob> jobs() {
        return jobs.list();
    }

    public Optional<BuildJob> job(String namespace, String name) {
        return jobs.get(new ResourceID(name, namespace));
    }

    /** The jobs with a live attempt on a worker. */
    public List<BuildJob> jobsOn(String worker) {
        return jobs.byIndex(BY_WORKER, worker);
    }

    /** The jobs of a namespace that have a live attempt. */
    public List<BuildJob> liveIn(String namespace) {
        return jobs.byIndex(LIVE_BY_NAMESPACE, namespace);
    }

    public Stream<BuildWorker> workers() {
        return workers.list();
    }

    public Optional<BuildWorker> worker(String name) {
        return workers.get(new ResourceID(name));
    }

    private Optional<ReservedFor> reservedFor(String worker) {
        return worker(worker)
                .filter(w -> Unreadable.of(w, "status.reservedFor").isEmpty())
                .flatMap(w -> Optional.ofNullable(w.getStatus()))
                .map(BuildWorkerStatus::reservedFor);
    }

    public Stream<BuildEnvironment> environments() {
        return environments.list();
    }

    public Optional<BuildEnvironment> environment(String name) {
        return environments.get(new ResourceID(name));
    }

    /**
     * The policy in force; the schema's defaults if there is none. While something of it cannot be read that is what it was
     * before, or the defaults: what is left of it might allow more than was meant.
     */
    public DispatchPolicySpec policy() {
        var policy = policies.get(new ResourceID(DispatchPolicy.NAME));
        if (policy.filter(p -> !Unreadable.of(p, "spec").isEmpty()).isPresent()) {
            return readable;
        }
        var spec = policy.map(DispatchPolicy::getSpec).orElse(DispatchPolicySpec.STANDARD);
        readable = spec;
        return spec;
    }

    /** The generation of the policy in force; 0 if there is none. */
    public long policyGeneration() {
        return policies.get(new ResourceID(DispatchPolicy.NAME))
                .map(policy -> generation(policy))
                .orElse(0L);
    }

    /** An object's {@code metadata.generation}; 0 where the API server has set none. */
    public static long generation(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
    }

    /** Why no job can start by the policy, as sentences that name the field. */
    public List<String> policyProblems() {
        return policyProblems;
    }

    /** Why no job can start by the policy; returns whether that is new. */
    public boolean policyProblems(List<String> problems) {
        var before = policyProblems;
        policyProblems = List.copyOf(problems);
        return !before.equals(policyProblems);
    }

    /** Whether the one DispatchPolicy is there. */
    public boolean hasPolicy() {
        return policies.get(new ResourceID(DispatchPolicy.NAME)).isPresent();
    }

    /** The labels of a namespace: of one that is not known yet its name alone, as the API server would set it. */
    public Map<String, String> namespaceLabels(String name) {
        return namespaces
                .get(new ResourceID(name))
                .map(namespace -> namespace.getMetadata().getLabels())
                .orElse(Map.of(NAMESPACE_NAME, name));
    }

    public Stream<Pod> pods() {
        return pods.list();
    }

    /** The worker pods of a worker, whether they have ended or not. */
    public List<Pod> podsOn(String worker) {
        return pods.byIndex(BY_WORKER, worker);
    }

    /** The worker pods of a job by its UID, whether they have ended or not. */
    public List<Pod> podsOf(String jobUid) {
        return pods.byIndex(BY_JOB, jobUid);
    }

    public Optional<Pod> pod(String namespace, String name) {
        return pods.get(new ResourceID(name, namespace));
    }

    /** The state of a Node; empty if there is none of this name. */
    public Optional<NodeState> node(String name) {
        return nodes.get(new ResourceID(name)).map(node -> NodeStates.of(node, others(name)));
    }

    /** What of a Node could not be read; nothing if there is none of this name. */
    public List<String> unreadableOfNode(String name) {
        return nodes.get(new ResourceID(name)).map(Unreadable::of).orElse(List.of());
    }

    /** What pods on a node request that make no claim, whatever their labels say. */
    private Room others(String node) {
        return PodRequests.together(Stream.concat(
                otherPods.byIndex(BY_NODE, node).stream(),
                pods.byIndex(BY_NODE, node).stream()
                        .filter(pod -> AttemptPod.of(pod).isEmpty() && !PodState.finished(pod))));
    }
}

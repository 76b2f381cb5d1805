package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.ReservedFor;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.ClosedWorkers;
import dev.smartdispatcher.operator.controller.ReservedRoom;
import dev.smartdispatcher.operator.controller.informer.Informers;
import dev.smartdispatcher.operator.controller.informer.ObjectCaches;
import dev.smartdispatcher.operator.controller.informer.Subscriber;
import dev.smartdispatcher.operator.controller.refusal.ImageOutages;
import dev.smartdispatcher.operator.controller.refusal.NamespaceHolds;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.node.NodeState;
import dev.smartdispatcher.operator.worker.node.NodeStates;
import dev.smartdispatcher.operator.worker.node.PodRequests;
import dev.smartdispatcher.operator.workload.check.CheckPod;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operator knows of the API server: one cache for each kind, from its {@link Informers}. Objects are shared and must not be changed. Lists may lag behind the operator's own writes.
 */
public final class ClusterView {
    /** The label that every namespace has. */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private final ObjectCaches caches = new ObjectCaches();
    private final Informers informers = new Informers(caches);
    private final Changes changes = new Changes();
    private final ReservedRoom reserved = new ReservedRoom(this::reservedFor);
    private final ClosedWorkers closed = new ClosedWorkers();
    private final NamespaceHolds holds = new NamespaceHolds();
    private final ObjectFaults faults = new ObjectFaults();
    private final KnownProfiles profiles = new KnownProfiles(caches, changes);
    private final KnownChecks checks = new KnownChecks(caches, informers);
    private final String checkNamespace;
    private final PolicyInForce policy = new PolicyInForce(caches);
    private final ImageOutages images = new ImageOutages();
    private volatile boolean synced;

    /** With pods of checks in the namespace {@code default}. */
    public ClusterView() {
        this("default");
    }

    /**
     * Notes from now on what the scheduling cycle has to look at again after a change of pods or namespaces.
     *
     * @param checkNamespace the operator's namespace, in which pods of checks are
     */
    public ClusterView(String checkNamespace) {
        this.checkNamespace = checkNamespace;
        informers.podSubscribers().add(Subscriber.onChange(changes::pod));
        informers.namespaceSubscribers().add(Subscriber.onChange(namespace -> changes.everything()));
        informers.profileSubscribers().add(Subscriber.onChange(profiles::learned));
    }

    /** The caches, to which those of the controllers' own kinds are lent. */
    public ObjectCaches caches() {
        return caches;
    }

    /** The informers that controllers ask for, to be subscribed to. */
    public Informers informers() {
        return informers;
    }

    /** What the scheduling cycle has to look at again. */
    public Changes changes() {
        return changes;
    }

    /** For whom room is reserved, and where. */
    public ReservedRoom reserved() {
        return reserved;
    }

    /** Which workers the scheduler knows to take no jobs. */
    public ClosedWorkers closed() {
        return closed;
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

    /** All controllers have started: from now on an object that is not in its cache is not there. */
    public void markSynced() {
        synced = true;
    }

    /** Whether the caches can be trusted to be whole. */
    public boolean synced() {
        return synced;
    }

    public Stream<BuildJob> jobs() {
        return caches.jobs().list();
    }

    public Optional<BuildJob> job(String namespace, String name) {
        return caches.jobs().get(new ResourceID(name, namespace));
    }

    /** The jobs with a live attempt on a worker. */
    public List<BuildJob> jobsOn(String worker) {
        return caches.jobs().byIndex(ObjectCaches.BY_WORKER, worker);
    }

    /** The jobs of a namespace that have a live attempt. */
    public List<BuildJob> liveIn(String namespace) {
        return caches.jobs().byIndex(ObjectCaches.LIVE_BY_NAMESPACE, namespace);
    }

    public Stream<BuildWorker> workers() {
        return caches.workers().list();
    }

    public Optional<BuildWorker> worker(String name) {
        return caches.workers().get(new ResourceID(name));
    }

    private Optional<ReservedFor> reservedFor(String worker) {
        return worker(worker)
                .filter(w -> Unreadable.of(w, "status.reservedFor").isEmpty())
                .flatMap(w -> Optional.ofNullable(w.getStatus()))
                .map(BuildWorkerStatus::reservedFor);
    }

    /** The WorkerChecks, those that cannot be run too. */
    public List<CheckDefinition> checks() {
        return checks.all();
    }

    /** The WorkerCheck of this name. */
    public Optional<WorkerCheck> check(String name) {
        return caches.checks().get(new ResourceID(name));
    }

    /** The operator's namespace, in which pods of checks are. */
    public String checkNamespace() {
        return checkNamespace;
    }

    /** All pods of checks, whether they have ended or not. */
    public Stream<Pod> checkPods() {
        return caches.checkPods().list().filter(this::isCheckPod);
    }

    /** The pods of checks of a worker, whether they have ended or not. */
    public List<Pod> checkPodsOn(String worker) {
        return caches.checkPods().byIndex(ObjectCaches.BY_WORKER, worker).stream()
                .filter(this::isCheckPod)
                .toList();
    }

    private boolean isCheckPod(Pod pod) {
        return CheckPod.isOne(pod, checkNamespace);
    }

    public Stream<BuildEnvironment> environments() {
        return caches.environments().list();
    }

    public Optional<BuildEnvironment> environment(String name) {
        return caches.environments().get(new ResourceID(name));
    }

    /** The DispatchPolicy, and what is wrong with it. */
    public PolicyInForce policyInForce() {
        return policy;
    }

    /** What the policy in force says; the schema's defaults if there is none. */
    public DispatchPolicySpec policy() {
        return policy.spec();
    }

    /** What is known of earlier builds. */
    public KnownProfiles profiles() {
        return profiles;
    }

    /** An object's {@code metadata.generation}; 0 where the API server has set none. */
    public static long generation(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
    }

    /** The labels of a namespace: of one that is not known yet its name alone, as the API server would set it. */
    public Map<String, String> namespaceLabels(String name) {
        return caches.namespaces()
                .get(new ResourceID(name))
                .map(namespace -> namespace.getMetadata().getLabels())
                .orElse(Map.of(NAMESPACE_NAME, name));
    }

    public Stream<Pod> pods() {
        return caches.pods().list();
    }

    /** The worker pods of a worker, whether they have ended or not. */
    public List<Pod> podsOn(String worker) {
        return caches.pods().byIndex(ObjectCaches.BY_WORKER, worker);
    }

    /** The worker pods of a job by its UID, whether they have ended or not. */
    public List<Pod> podsOf(String jobUid) {
        return caches.pods().byIndex(ObjectCaches.BY_JOB, jobUid);
    }

    /** The worker pods of a job that are of a later attempt than its status records. */
    public List<Pod> unrecordedPods(BuildJob job, BuildJobStatus status) {
        return podsOf(job.getMetadata().getUid()).stream()
                .filter(pod -> AttemptPod.isUnrecorded(pod, status))
                .toList();
    }

    public Optional<Pod> pod(String namespace, String name) {
        return caches.pods().get(new ResourceID(name, namespace));
    }

    /** The claims that say of themselves that they are caches on a worker. */
    public List<PersistentVolumeClaim> cachesOn(String worker) {
        return caches.caches().byIndex(ObjectCaches.BY_WORKER, worker);
    }

    /** The state of a Node; empty if there is none of this name. */
    public Optional<NodeState> node(String name) {
        return caches.nodes().get(new ResourceID(name)).map(node -> NodeStates.of(node, others(name), checksOn(name)));
    }

    /** The metadata of a Node, of which labels and the time of its creation are kept; empty if there is none of this name. */
    public Optional<ObjectMeta> nodeMetadata(String name) {
        return caches.nodes().get(new ResourceID(name)).map(Node::getMetadata);
    }

    /** What of a Node could not be read; nothing if there is none of this name. */
    public List<String> unreadableOfNode(String name) {
        return caches.nodes().get(new ResourceID(name)).map(Unreadable::of).orElse(List.of());
    }

    /** What pods on a node request that make no claim, whatever their labels say. */
    private Room others(String node) {
        return PodRequests.together(Stream.concat(
                caches.otherPods().byIndex(ObjectCaches.BY_NODE, node).stream(),
                Stream.concat(
                        caches.pods().byIndex(ObjectCaches.BY_NODE, node).stream()
                                .filter(pod -> AttemptPod.of(pod).isEmpty() && !PodState.finished(pod)),
                        caches.checkPods().byIndex(ObjectCaches.BY_NODE, node).stream()
                                .filter(pod -> !isCheckPod(pod) && !PodState.finished(pod)))));
    }

    private Room checksOn(String node) {
        return PodRequests.together(caches.checkPods().byIndex(ObjectCaches.BY_NODE, node).stream()
                .filter(pod -> isCheckPod(pod) && !PodState.finished(pod)));
    }
}

package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One informer for each kind that the operator watches. The framework makes those of the controllers' own kinds, from the stores that are
 * given here, and the controllers hand over their caches; the others are made here when the controller asks that reconciles by them.
 * Mappers only map. Whoever has to learn of a change subscribes.
 */
public final class Informers {
    /** Index of jobs, worker pods and caches. */
    public static final String BY_WORKER = "worker";
    /** Index of all pods. */
    public static final String BY_NODE = "node";
    /** Index of worker pods, by the job's UID. */
    public static final String BY_JOB = "job";
    /** Index of jobs with a live attempt. */
    public static final String LIVE_BY_NAMESPACE = "live-namespace";
    /** Index of profiles, and of jobs that wait: see {@link #packageOf}. */
    public static final String BY_PACKAGE = "package";

    private final Subscribers<BuildWorker> workerSubscribers = new Subscribers<>();
    private final Subscribers<Pod> podSubscribers = new Subscribers<>();
    private final Subscribers<WorkerCheck> checkSubscribers = new Subscribers<>();
    private final Subscribers<Pod> checkPodSubscribers = new Subscribers<>();
    private final Subscribers<Namespace> namespaceSubscribers = new Subscribers<>();
    private final Subscribers<BuildProfile> profileSubscribers = new Subscribers<>();

    private volatile IndexedResourceCache<BuildJob> jobs;
    private volatile IndexedResourceCache<BuildWorker> workers;
    private volatile IndexedResourceCache<BuildEnvironment> environments;
    private volatile IndexedResourceCache<DispatchPolicy> policies;
    private volatile IndexedResourceCache<WorkerCheck> checks;
    private volatile IndexedResourceCache<Pod> checkPods;
    private volatile IndexedResourceCache<Pod> pods;
    private volatile IndexedResourceCache<Node> nodes;
    private volatile IndexedResourceCache<Pod> otherPods;
    private volatile IndexedResourceCache<Namespace> namespaces;
    private volatile IndexedResourceCache<PersistentVolumeClaim> caches;
    private volatile IndexedResourceCache<BuildProfile> profiles;

    /** Those that learn of workers. */
    public Subscribers<BuildWorker> workerSubscribers() {
        return workerSubscribers;
    }

    /** Those that learn of pods with the label of worker pods. */
    public Subscribers<Pod> podSubscribers() {
        return podSubscribers;
    }

    /** Those that learn of WorkerChecks. */
    public Subscribers<WorkerCheck> checkSubscribers() {
        return checkSubscribers;
    }

    /** Those that learn of pods with the label of checks. */
    public Subscribers<Pod> checkPodSubscribers() {
        return checkPodSubscribers;
    }

    /** For the cache of WorkerChecks. */
    public ItemStore<WorkerCheck> checkStore() {
        return new SubscribedStore<>(LeanStore::withoutCopies, checkSubscribers);
    }

    /** Those that learn of namespaces. */
    public Subscribers<Namespace> namespaceSubscribers() {
        return namespaceSubscribers;
    }

    /** Those that learn of profiles. */
    public Subscribers<BuildProfile> profileSubscribers() {
        return profileSubscribers;
    }

    /** For the workers' cache. */
    public ItemStore<BuildWorker> workerStore() {
        return new SubscribedStore<>(LeanStore::withoutCopies, workerSubscribers);
    }

    /** For the job controller: the pods that are labelled as worker pods. */
    public InformerEventSource<Pod, BuildJob> makePods(EventSourceContext<BuildJob> context) {
        var configuration = InformerEventSourceConfiguration.from(Pod.class, BuildJob.class)
                .withLabelSelector(Labels.JOB_UID)
                .withItemStore(LeanPods.store())
                .withInformerListLimit(Pages.SIZE)
                .withSecondaryToPrimaryMapper(Informers::jobOf)
                .build();
        var informer = new SubscribedInformer<>(configuration, context, podSubscribers);
        lendPods(informer);
        return informer;
    }

    private static Set<ResourceID> jobOf(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels().get(Labels.JOB))
                .map(job -> Set.of(new ResourceID(job, pod.getMetadata().getNamespace())))
                .orElse(Set.of());
    }

    /** For the worker controller. */
    public InformerEventSource<Node, BuildWorker> makeNodes(EventSourceContext<BuildWorker> context) {
        var configuration = InformerEventSourceConfiguration.from(Node.class, BuildWorker.class)
                .withItemStore(LeanStore.nodes())
                .withInformerListLimit(Pages.SIZE)
                .withSecondaryToPrimaryMapper(
                        node -> Set.of(new ResourceID(node.getMetadata().getName())))
                .build();
        var informer = new InformerEventSource<>(configuration, context);
        lendNodes(informer);
        return informer;
    }

    /** For the worker controller: the pods that are not builds. */
    public InformerEventSource<Pod, BuildWorker> makeOtherPods(EventSourceContext<BuildWorker> context) {
        var informer = new InformerEventSource<>(NonBuildPods.configuration(), context);
        lendOtherPods(informer);
        return informer;
    }

    /** For the worker controller: the claims in which builds keep caches on workers. */
    public InformerEventSource<PersistentVolumeClaim, BuildWorker> makeCaches(EventSourceContext<BuildWorker> context) {
        var configuration = InformerEventSourceConfiguration.from(PersistentVolumeClaim.class, BuildWorker.class)
                .withLabelSelector(Labels.WORKER)
                .withItemStore(LeanStore.whole())
                .withInformerListLimit(Pages.SIZE)
                .withSecondaryToPrimaryMapper(claim -> Set.of(new ResourceID(worker(claim))))
                .build();
        var informer = new InformerEventSource<>(configuration, context);
        lendCaches(informer);
        return informer;
    }

    private static String worker(PersistentVolumeClaim claim) {
        return claim.getMetadata().getLabels().get(Labels.WORKER);
    }

    /** For the worker controller: the pods that are labelled as pods of checks. */
    public InformerEventSource<Pod, BuildWorker> makeCheckPods(EventSourceContext<BuildWorker> context) {
        var informer = new SubscribedInformer<>(LabelledCheckPods.configuration(), context, checkPodSubscribers);
        lendCheckPods(informer);
        return informer;
    }

    /** For the dispatch controller: labels of a namespace decide what its jobs are entitled to. */
    public InformerEventSource<Namespace, DispatchPolicy> makeNamespaces(EventSourceContext<DispatchPolicy> context) {
        var configuration = InformerEventSourceConfiguration.from(Namespace.class, DispatchPolicy.class)
                .withItemStore(LeanStore.namespaces())
                .withInformerListLimit(Pages.SIZE)
                .withSecondaryToPrimaryMapper(namespace -> Set.of(new ResourceID(DispatchPolicy.NAME)))
                .build();
        var informer = new SubscribedInformer<>(configuration, context, namespaceSubscribers);
        lendNamespaces(informer);
        return informer;
    }

    /** For the dispatch controller: what is known of earlier builds decides what the next ones get. */
    public InformerEventSource<BuildProfile, DispatchPolicy> makeProfiles(EventSourceContext<DispatchPolicy> context) {
        var configuration = InformerEventSourceConfiguration.from(BuildProfile.class, DispatchPolicy.class)
                .withItemStore(LeanStore.profiles())
                .withInformerListLimit(Pages.SIZE)
                .withSecondaryToPrimaryMapper(profile -> Set.of(new ResourceID(DispatchPolicy.NAME)))
                .build();
        var informer = new SubscribedInformer<>(configuration, context, profileSubscribers);
        lendProfiles(informer);
        return informer;
    }

    /** The key of {@link #BY_PACKAGE}. */
    public static String packageOf(String namespace, String packageName) {
        return namespace + "/" + packageName;
    }

    private static List<String> packageOf(BuildProfile profile) {
        return Optional.ofNullable(profile.getStatus())
                .flatMap(status -> Optional.ofNullable(status.packageName()))
                .map(name -> List.of(packageOf(profile.getMetadata().getNamespace(), name)))
                .orElse(List.of());
    }

    private static List<String> awaitedPackageOf(BuildJob job) {
        var spec = job.getSpec();
        boolean waits = job.getStatus() == null || job.getStatus().pending();
        return spec == null || spec.packageName() == null || !waits
                ? List.of()
                : List.of(packageOf(job.getMetadata().getNamespace(), spec.packageName()));
    }

    /** Hands over the jobs' cache, which is then indexed by worker and namespace of the live attempt, and by package. */
    public void lendJobs(IndexerResourceCache<BuildJob> cache) {
        cache.addIndexer(BY_PACKAGE, Informers::awaitedPackageOf);
        cache.addIndexer(
                BY_WORKER, job -> live(job).map(Attempt::worker).map(List::of).orElse(List.of()));
        cache.addIndexer(LIVE_BY_NAMESPACE, job -> live(job)
                .map(attempt -> List.of(job.getMetadata().getNamespace()))
                .orElse(List.of()));
        jobs = cache;
    }

    private static Optional<Attempt> live(BuildJob job) {
        return Optional.ofNullable(job.getStatus()).flatMap(s -> s.liveAttempt());
    }

    public void lendWorkers(IndexedResourceCache<BuildWorker> cache) {
        workers = cache;
    }

    public void lendChecks(IndexedResourceCache<WorkerCheck> cache) {
        checks = cache;
    }

    /** Hands over the cache of pods that are labelled as pods of checks, which is then indexed by node and worker. */
    public void lendCheckPods(IndexerResourceCache<Pod> cache) {
        cache.addIndexer(BY_NODE, Informers::node);
        cache.addIndexer(BY_WORKER, LabelledCheckPods::worker);
        checkPods = cache;
    }

    public void lendEnvironments(IndexedResourceCache<BuildEnvironment> cache) {
        environments = cache;
    }

    public void lendPolicies(IndexedResourceCache<DispatchPolicy> cache) {
        policies = cache;
    }

    /** Hands over the cache of pods that are labelled as worker pods, which is then indexed: attempts by worker and job, all by node. */
    public void lendPods(IndexerResourceCache<Pod> cache) {
        cache.addIndexer(
                BY_WORKER,
                pod -> AttemptPod.of(pod).map(AttemptPod::worker).map(List::of).orElse(List.of()));
        cache.addIndexer(BY_NODE, Informers::node);
        cache.addIndexer(
                BY_JOB,
                pod -> AttemptPod.of(pod).map(AttemptPod::jobUid).map(List::of).orElse(List.of()));
        pods = cache;
    }

    public void lendNodes(IndexedResourceCache<Node> cache) {
        nodes = cache;
    }

    /** Hands over the cache of pods that are not builds, which is then indexed by node. */
    public void lendOtherPods(IndexerResourceCache<Pod> cache) {
        cache.addIndexer(BY_NODE, Informers::node);
        otherPods = cache;
    }

    public void lendNamespaces(IndexedResourceCache<Namespace> cache) {
        namespaces = cache;
    }

    /** Hands over the cache of claims that are labelled as caches of workers, which is then indexed by worker. */
    public void lendCaches(IndexerResourceCache<PersistentVolumeClaim> cache) {
        cache.addIndexer(BY_WORKER, claim -> List.of(worker(claim)));
        caches = cache;
    }

    /** Hands over the cache of profiles, which is then indexed by package. */
    public void lendProfiles(IndexerResourceCache<BuildProfile> cache) {
        cache.addIndexer(BY_PACKAGE, Informers::packageOf);
        profiles = cache;
    }

    private static List<String> node(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getNodeName()).map(List::of).orElse(List.of());
    }

    public IndexedResourceCache<BuildJob> jobs() {
        return jobs;
    }

    public IndexedResourceCache<BuildWorker> workers() {
        return workers;
    }

    public IndexedResourceCache<BuildEnvironment> environments() {
        return environments;
    }

    public IndexedResourceCache<DispatchPolicy> policies() {
        return policies;
    }

    public IndexedResourceCache<WorkerCheck> checks() {
        return checks;
    }

    /** The pods that are labelled as pods of checks. */
    public IndexedResourceCache<Pod> checkPods() {
        return checkPods;
    }

    /** The pods that are labelled as worker pods. */
    public IndexedResourceCache<Pod> pods() {
        return pods;
    }

    public IndexedResourceCache<Node> nodes() {
        return nodes;
    }

    /** The pods that are neither builds nor checks. */
    public IndexedResourceCache<Pod> otherPods() {
        return otherPods;
    }

    public IndexedResourceCache<BuildProfile> profiles() {
        return profiles;
    }

    public IndexedResourceCache<Namespace> namespaces() {
        return namespaces;
    }

    /** The claims that are labelled as caches of workers. */
    public IndexedResourceCache<PersistentVolumeClaim> caches() {
        return caches;
    }
}

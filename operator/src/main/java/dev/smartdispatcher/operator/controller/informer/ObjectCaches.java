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
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Optional;

/**
 * The caches of the informers, one for each kind, as they are lent when their informers are made, with the indexes by which objects are
 * looked up.
 */
public final class ObjectCaches {
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
        cache.addIndexer(BY_PACKAGE, ObjectCaches::awaitedPackageOf);
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
        cache.addIndexer(BY_NODE, ObjectCaches::node);
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
        cache.addIndexer(BY_NODE, ObjectCaches::node);
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
        cache.addIndexer(BY_NODE, ObjectCaches::node);
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
        cache.addIndexer(BY_PACKAGE, ObjectCaches::packageOf);
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

    static String worker(PersistentVolumeClaim claim) {
        return claim.getMetadata().getLabels().get(Labels.WORKER);
    }
}

package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.Set;

/**
 * One informer for each kind that the operator watches. The framework makes those of the controllers' own kinds, from the stores that are
 * given here, and the controllers hand over their caches; the others are made here when the controller asks that reconciles by them.
 * Mappers only map. Whoever has to learn of a change subscribes.
 */
public final class Informers {
    private final Subscribers<BuildWorker> workerSubscribers = new Subscribers<>();
    private final Subscribers<Pod> podSubscribers = new Subscribers<>();
    private final Subscribers<WorkerCheck> checkSubscribers = new Subscribers<>();
    private final Subscribers<Pod> checkPodSubscribers = new Subscribers<>();
    private final Subscribers<Namespace> namespaceSubscribers = new Subscribers<>();
    private final Subscribers<BuildProfile> profileSubscribers = new Subscribers<>();

    private final ObjectCaches caches;

    public Informers(ObjectCaches caches) {
        this.caches = caches;
    }

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
        caches.lendPods(informer);
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
        caches.lendNodes(informer);
        return informer;
    }

    /** For the worker controller: the pods that are not builds. */
    public InformerEventSource<Pod, BuildWorker> makeOtherPods(EventSourceContext<BuildWorker> context) {
        var informer = new InformerEventSource<>(NonBuildPods.configuration(), context);
        caches.lendOtherPods(informer);
        return informer;
    }

    /** For the worker controller: the claims in which builds keep caches on workers. */
    public InformerEventSource<PersistentVolumeClaim, BuildWorker> makeCaches(EventSourceContext<BuildWorker> context) {
        var configuration = InformerEventSourceConfiguration.from(PersistentVolumeClaim.class, BuildWorker.class)
                .withLabelSelector(Labels.WORKER)
                .withItemStore(LeanStore.whole())
                .withInformerListLimit(Pages.SIZE)
                .withSecondaryToPrimaryMapper(claim -> Set.of(new ResourceID(ObjectCaches.worker(claim))))
                .build();
        var informer = new InformerEventSource<>(configuration, context);
        caches.lendCaches(informer);
        return informer;
    }

    /** For the worker controller: the pods that are labelled as pods of checks. */
    public InformerEventSource<Pod, BuildWorker> makeCheckPods(EventSourceContext<BuildWorker> context) {
        var informer = new SubscribedInformer<>(LabelledCheckPods.configuration(), context, checkPodSubscribers);
        caches.lendCheckPods(informer);
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
        caches.lendNamespaces(informer);
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
        caches.lendProfiles(informer);
        return informer;
    }
}

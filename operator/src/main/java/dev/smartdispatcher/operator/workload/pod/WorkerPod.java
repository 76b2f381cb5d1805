package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.operator.workload.AllocationAnnotation;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.Paths;
import dev.smartdispatcher.operator.workload.PodName;
import dev.smartdispatcher.operator.workload.install.Installation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The pod of one attempt: plain, owned by the job, tied to its worker by required node affinity (so that cordon, taints
 * and the kubelet's own checks stay in force), and restricted in the sense of Pod Security.
 */
public final class WorkerPod {
    /** Name of the container that runs the build: of a pod's containers this one alone counts, whoever adds others. */
    public static final String CONTAINER = "build";
    /** Name of the init container that installs packages into a root of its own. */
    public static final String PREPARE = "prepare";
    /** Name of the init container that makes room for the build's cache. */
    public static final String CACHES = "cache";
    /**
     * How long a pod may take from the kubelet's taking it to the start of its build, at most: the operator gives up one that
     * takes longer. Enough for an image of 20 GB at 100 Mbit/s.
     */
    public static final int START_ALLOWANCE_SECONDS = 1800;

    /**
     * The kubelet ends the pod this long after the entry should have, were the start to take no time: its clock runs from when
     * it takes the pod, the build's from the start of the build. It is the last resort, for the entry reports what it ended and
     * the kubelet does not.
     */
    public static final int DEADLINE_MARGIN_SECONDS = START_ALLOWANCE_SECONDS + 120;

    /** Before the names of the operator's own volumes: none of a job's has it, since those are shorter. */
    public static final String OWN_VOLUMES = "smart-dispatcher-";

    private static final long GRACE_SECONDS = 30;

    private WorkerPod() {}

    /** The pod for an attempt. */
    public static Pod of(WorkerPodRequest request) {
        var job = request.job();
        var isolation = request.isolation();
        return new PodBuilder()
                .withNewMetadata()
                .withName(PodName.of(job, request.attempt()))
                .withNamespace(job.namespace())
                .withLabels(request.settings().labels())
                .withAnnotations(PodPlacement.STAYS)
                .addToAnnotations(request.settings().annotations())
                .addToLabels(Labels.JOB, job.name())
                .addToLabels(Labels.JOB_UID, job.uid())
                .addToLabels(Labels.ATTEMPT, Integer.toString(request.attempt()))
                .addToLabels(Labels.WORKER, request.allocation().worker())
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToAnnotations(Annotations.ALLOCATION, AllocationAnnotation.write(request.allocation()))
                .addToAnnotations(Annotations.PLAN, request.plan().planDigest())
                .addToAnnotations(Annotations.DEADLINE_SECONDS, Integer.toString(request.deadlineSeconds()))
                .addNewOwnerReference()
                .withApiVersion(ApiGroup.GROUP + "/" + ApiGroup.VERSION)
                .withKind("BuildJob")
                .withName(job.name())
                .withUid(job.uid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withActiveDeadlineSeconds(BuildDeadline.ofPod(request.deadlineSeconds()))
                .withAffinity(PodPlacement.affinity(request.allocation().worker()))
                .withTolerations(PodPlacement.tolerations(request.tolerations()))
                .withPriorityClassName(emptyToNull(request.priorityClassName()))
                .withHostUsers(isolation.hostUsers())
                .withSecurityContext(isolation.security(PodVolumes.hasCache(request)))
                .withImagePullSecrets(request.spec().imagePullSecrets().stream()
                        .map(s -> new LocalObjectReference(s.name()))
                        .toList())
                .withRuntimeClassName(emptyToNull(request.settings().runtimeClassName()))
                .withHostAliases(PodFields.hostAliases(request.settings()))
                .withDnsConfig(PodFields.dnsConfig(request.settings()))
                .withInitContainers(initContainers(request))
                .withContainers(container(request))
                .withVolumes(PodVolumes.volumes(request))
                .endSpec()
                .build();
    }

    private static List<Container> initContainers(WorkerPodRequest request) {
        var containers = new ArrayList<Container>();
        request.cache()
                .filter(cache -> request.spec().cache() != null)
                .ifPresent(cache -> containers.add(CacheContainer.of(request, cache)));
        request.installation()
                .filter(Installation::isPrepared)
                .ifPresent(installation -> containers.add(PrepareContainer.of(request, installation)));
        return containers;
    }

    private static Container container(WorkerPodRequest request) {
        var spec = request.spec();
        var args = new ArrayList<>(EntryArguments.of(request));
        args.addAll(spec.command().isEmpty() ? request.plan().command() : spec.command());
        args.addAll(spec.args());
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(spec.hasOwnImage() ? spec.image() : request.plan().image())
                .withCommand("/bin/sh", Paths.ENTRY + "/" + EntryConfigMap.SCRIPT)
                .withArgs(args)
                .withWorkingDir(spec.workingDirOrDefault())
                .withEnv(PodEnvironment.variables(request))
                .withEnvFrom(PodEnvironment.sources(request))
                .withImagePullPolicy(pullPolicy(request))
                .withResources(resources(request))
                .withSecurityContext(request.isolation().ofContainer())
                // The message is the entry's JSON or nothing: a piece of the log would only look like one.
                .withTerminationMessagePolicy("File")
                .withVolumeMounts(PodVolumes.mounts(request))
                .build();
    }

    /** No CPU limit: idle CPU goes to whoever runs. Memory request = limit: no build takes another's. */
    static ResourceRequirements resources(WorkerPodRequest request) {
        var allocation = request.allocation();
        var counted = PodFields.counted(request);
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", allocation.cpu())
                .addToRequests("memory", allocation.memory())
                .addToRequests("ephemeral-storage", allocation.disk())
                .addToRequests(counted)
                .addToLimits("memory", allocation.memory())
                .addToLimits("ephemeral-storage", allocation.disk())
                .addToLimits(counted)
                .build();
    }

    static String pullPolicy(WorkerPodRequest request) {
        var policy = request.settings().imagePullPolicy();
        return policy == null ? null : policy.name();
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}

package dev.smartdispatcher.operator.workload.check;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.check.CheckObservation;
import dev.smartdispatcher.operator.workload.Expansion;
import dev.smartdispatcher.operator.workload.pod.PodIsolation;
import dev.smartdispatcher.operator.workload.pod.PodPlacement;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The pod of one run of a check: tied to its worker and restricted as a build's, with the check's isolation, in the operator's
 * namespace and owned by the WorkerCheck. It has no mark of a build, writes nowhere but in its own directories, and has no
 * credentials.
 */
public final class CheckPod {
    private static final String KIND = "WorkerCheck";
    private static final String VOLUMES = "smart-dispatcher-";
    private static final String STATE = "/smart-dispatcher/state";
    private static final String REPORT = "/dev/termination-log";
    private static final String WORK = "/check";
    private static final String TMP = "/tmp";
    private static final Quantity STATE_SIZE = new Quantity("1Mi");
    private static final long GRACE_SECONDS = 1;
    private static final int PROCESSES = 64;

    private CheckPod() {}

    /** The pod for a run. */
    public static Pod of(CheckPodRequest request) {
        var check = request.check();
        var spec = check.spec();
        var isolation = request.isolation();
        return new PodBuilder()
                .withNewMetadata()
                .withName(CheckPodName.of(
                        check.uid(), request.workerUid(), request.mark().round()))
                .withNamespace(request.namespace())
                .addToLabels(Labels.CHECK, check.name())
                .addToLabels(Labels.CHECK_UID, check.uid())
                .addToLabels(Labels.WORKER, request.worker())
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToAnnotations(Annotations.CHECK_RUN, request.mark().write())
                .addNewOwnerReference()
                .withApiVersion(ApiGroup.GROUP + "/" + ApiGroup.VERSION)
                .withKind(KIND)
                .withName(check.name())
                .withUid(check.uid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withActiveDeadlineSeconds(spec.timeoutSeconds() + CheckObservation.PATIENCE.toSeconds())
                .withAffinity(PodPlacement.affinity(request.worker()))
                .withTolerations(tolerations(request))
                .withPriorityClassName(request.priorityClassName().isEmpty() ? null : request.priorityClassName())
                .withHostUsers(isolation.hostUsers())
                .withSecurityContext(isolation.security(false))
                .withImagePullSecrets(spec.imagePullSecrets().stream()
                        .map(secret -> new LocalObjectReference(secret.name()))
                        .toList())
                .withContainers(container(request, isolation))
                .withVolumes(volumes(request))
                .endSpec()
                .build();
    }

    /**
     * Whether a pod is of a check, and not of somebody who has given it the label: of the operator's namespace, and owned by the
     * WorkerCheck that the label names.
     *
     * @param namespace the operator's
     */
    public static boolean isOne(Pod pod, String namespace) {
        var labels = pod.getMetadata().getLabels();
        var uid = labels == null ? null : labels.get(Labels.CHECK_UID);
        return uid != null
                && namespace.equals(pod.getMetadata().getNamespace())
                && pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> KIND.equals(owner.getKind())
                                && owner.getApiVersion() != null
                                && owner.getApiVersion().startsWith(ApiGroup.GROUP + "/")
                                && uid.equals(owner.getUid()));
    }

    private static Container container(CheckPodRequest request, PodIsolation isolation) {
        var spec = request.check().spec();
        var resources = spec.resources();
        var security = isolation.ofContainer();
        security.setReadOnlyRootFilesystem(true);
        return new ContainerBuilder()
                .withName(CheckObservation.CONTAINER)
                .withImage(request.image())
                .withCommand("/bin/sh", "-c", Expansion.escape(CheckScript.TEXT), "check.sh")
                .withArgs(
                        "--report", REPORT,
                        "--state", STATE,
                        "--work", WORK,
                        "--timeout", spec.timeoutSeconds().toString(),
                        "--processes", Integer.toString(PROCESSES),
                        "--file-size", Long.toString(Quantities.bytes(resources.diskOrDefault())),
                        "--", Expansion.escape(spec.script()))
                .withWorkingDir(WORK)
                .addNewEnv()
                .withName("CHECK_WORKER")
                .withValue(request.worker())
                .endEnv()
                .addNewEnv()
                .withName("HOME")
                .withValue(WORK)
                .endEnv()
                .addNewEnv()
                .withName("TMPDIR")
                .withValue(TMP)
                .endEnv()
                .withNewResources()
                .addToRequests("cpu", resources.cpuOrDefault())
                .addToRequests("memory", resources.memoryOrDefault())
                .addToRequests("ephemeral-storage", resources.diskOrDefault())
                .addToRequests(isolation.devices())
                .addToLimits("memory", resources.memoryOrDefault())
                .addToLimits("ephemeral-storage", resources.diskOrDefault())
                .addToLimits(isolation.devices())
                .endResources()
                .withSecurityContext(security)
                .withTerminationMessagePolicy("File")
                .addNewVolumeMount()
                .withName(VOLUMES + "state")
                .withMountPath(STATE)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(VOLUMES + "work")
                .withMountPath(WORK)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(VOLUMES + "tmp")
                .withMountPath(TMP)
                .endVolumeMount()
                .build();
    }

    private static List<Volume> volumes(CheckPodRequest request) {
        var disk = request.check().spec().resources().diskOrDefault();
        return List.of(volume("state", "Memory", STATE_SIZE), volume("work", null, disk), volume("tmp", null, disk));
    }

    private static Volume volume(String name, String medium, Quantity size) {
        return new VolumeBuilder()
                .withName(VOLUMES + name)
                .withNewEmptyDir()
                .withMedium(medium)
                .withSizeLimit(size)
                .endEmptyDir()
                .build();
    }

    /** Whoever asks for a check of a cordoned node gets it. */
    private static List<Toleration> tolerations(CheckPodRequest request) {
        var tolerations = new ArrayList<>(PodPlacement.tolerations(request.tolerations()));
        if (request.mark().asked()) {
            tolerations.add(new TolerationBuilder()
                    .withKey("node.kubernetes.io/unschedulable")
                    .withOperator("Exists")
                    .withEffect("NoSchedule")
                    .build());
        }
        return tolerations;
    }
}

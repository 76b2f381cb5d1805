package dev.smartdispatcher.e2e.hollow;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Volumes as a kubelet sets them up: of a Secret that is missing it only writes an Event, and tries again. */
final class HollowMounts {
    private HollowMounts() {}

    /** Whether the pod has all it mounts; where not, its Events say so. A pod without Secrets costs no request. */
    static boolean ready(KubernetesClient client, Pod pod) {
        var missing = pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .filter(volume -> client.secrets()
                                .inNamespace(pod.getMetadata().getNamespace())
                                .withName(volume.getSecret().getSecretName())
                                .get()
                        == null)
                .findFirst();
        missing.ifPresent(volume -> complain(client, pod, volume));
        return missing.isEmpty();
    }

    private static void complain(KubernetesClient client, Pod pod, Volume volume) {
        var meta = pod.getMetadata();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        client.v1()
                .events()
                .inNamespace(meta.getNamespace())
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName(meta.getName() + ".")
                        .withNamespace(meta.getNamespace())
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName(meta.getName())
                        .withNamespace(meta.getNamespace())
                        .withUid(meta.getUid())
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason("FailedMount")
                        .withMessage("MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : secret \""
                                + volume.getSecret().getSecretName() + "\" not found")
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withCount(1)
                        .build())
                .create();
    }
}

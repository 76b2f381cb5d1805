package dev.smartdispatcher.operator.attempt.start;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds in the words of kube-scheduler and kubelets which of the objects that a job names is not there. ConfigMaps that the
 * operator made itself are none: it makes them again.
 */
public final class MissingObjects {
    private record Kind(Pattern words, Reason reason, String name, String problem) {}

    private static final String MISSING = "is missing";
    private static final String INCOMPLETE = "lacks a key";

    /** As of Kubernetes 1.30 to 1.36: of schedulers, of volumes, of variables; and of a key that an object lacks. */
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    Pattern.compile("persistentvolumeclaim \"([^\"]+)\" not found"),
                    Reason.ClaimNotFound,
                    "PersistentVolumeClaim",
                    MISSING),
            new Kind(Pattern.compile("secret \"([^\"]+)\" not found"), Reason.SecretNotFound, "Secret", MISSING),
            new Kind(
                    Pattern.compile("find key \\S+ in Secret [^/\\s]+/(\\S+)"),
                    Reason.SecretNotFound,
                    "Secret",
                    INCOMPLETE),
            new Kind(
                    Pattern.compile("configmap \"([^\"]+)\" not found"),
                    Reason.ConfigMapNotFound,
                    "ConfigMap",
                    MISSING),
            new Kind(
                    Pattern.compile("find key \\S+ in ConfigMap [^/\\s]+/(\\S+)"),
                    Reason.ConfigMapNotFound,
                    "ConfigMap",
                    INCOMPLETE));

    private MissingObjects() {}

    /** The obstacle that these words report, if it is one of the job's objects that is missing. */
    public static Optional<Obstacle> in(Pod pod, String words) {
        var text = words == null ? "" : words;
        for (var kind : KINDS) {
            var found = kind.words().matcher(text);
            if (found.find() && !isOwn(pod, found.group(1))) {
                return Optional.of(new Obstacle(
                        kind.reason(),
                        found.group(1),
                        kind.name() + " '" + found.group(1) + "' " + kind.problem() + ": " + text.strip()));
            }
        }
        return Optional.empty();
    }

    private static boolean isOwn(Pod pod, String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().startsWith(WorkerPod.OWN_VOLUMES))
                .flatMap(MissingObjects::configMap)
                .anyMatch(name::equals);
    }

    private static Stream<String> configMap(Volume volume) {
        return volume.getConfigMap() == null
                ? Stream.of()
                : Stream.of(volume.getConfigMap().getName());
    }
}

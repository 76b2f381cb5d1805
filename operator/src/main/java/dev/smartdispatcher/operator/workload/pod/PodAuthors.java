package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Cause;
import dev.smartdispatcher.operator.client.refusal.FieldAuthor;
import dev.smartdispatcher.operator.workload.cache.CacheMounts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose word the fields of a worker pod are, by their paths. A webhook may have changed the pod on its way: what the API server
 * quotes and the pod does not hold is nobody's word here.
 */
public final class PodAuthors {
    private static final String BUILD = "spec.containers[0].";
    private static final String INIT = "spec.initContainers[";
    private static final List<String> ENVIRONMENTS =
            List.of("spec.runtimeClassName", "spec.hostAliases", "spec.dnsConfig", "metadata.annotations");

    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");
    private static final Pattern QUOTED =
            Pattern.compile("^(?:Invalid|Unsupported|Duplicate) value: \"((?:[^\"\\\\]++|\\\\.)*+)\"");

    private final WorkerPodRequest request;
    private final Pod pod;

    public PodAuthors(WorkerPodRequest request, Pod pod) {
        this.request = request;
        this.pod = pod;
    }

    /** Whose word it is that the API server finds wrong. */
    public FieldAuthor of(Cause cause) {
        var author = of(cause.path());
        return author == FieldAuthor.Job && !holds(cause.message()) ? FieldAuthor.Nobody : author;
    }

    /** Whether the value that a cause quotes, if it quotes one, is in the pod as it was sent. */
    private boolean holds(String message) {
        var quoted = QUOTED.matcher(message);
        return !quoted.find()
                || unquoted(quoted.group(1)).map(pod.toString()::contains).orElse(true);
    }

    /** Without the escapes that Go puts into what it quotes; empty where Java has no such escape. */
    private static Optional<String> unquoted(String text) {
        try {
            return Optional.of(text.translateEscapes());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private FieldAuthor of(String path) {
        if (path.startsWith(INIT)) {
            return path.contains("].resources") ? FieldAuthor.Namespace : FieldAuthor.Environment;
        }
        if (path.startsWith(BUILD)) {
            return ofContainer(path.substring(BUILD.length()));
        }
        if (path.startsWith("spec.volumes[")) {
            return ofVolume(path);
        }
        if (ENVIRONMENTS.stream().anyMatch(path::startsWith)) {
            return FieldAuthor.Environment;
        }
        if (path.startsWith("spec.tolerations") || path.startsWith("spec.priority")) {
            return FieldAuthor.Policy;
        }
        if (path.startsWith("spec.activeDeadlineSeconds")) {
            return request.spec().activeDeadlineSeconds() == null ? FieldAuthor.Policy : FieldAuthor.Job;
        }
        if (path.startsWith("metadata.labels") || path.startsWith("spec.affinity")) {
            return FieldAuthor.Worker;
        }
        return path.startsWith("spec.imagePullSecrets") ? FieldAuthor.Job : FieldAuthor.Nobody;
    }

    private FieldAuthor ofContainer(String path) {
        if (path.startsWith("resources")) {
            return request.device().filter(path::contains).isPresent() ? FieldAuthor.Policy : FieldAuthor.Namespace;
        }
        if (path.startsWith("image") && !path.startsWith("imagePull")) {
            var own = request.spec().image();
            return own == null || own.isEmpty() ? FieldAuthor.Environment : FieldAuthor.Job;
        }
        if (path.startsWith("envFrom")) {
            return FieldAuthor.Job;
        }
        if (path.startsWith("env")) {
            return ofVariable(path);
        }
        if (path.startsWith("volumeMounts")) {
            return item(path, build().getVolumeMounts())
                    .map(mount -> PodVolumes.isOwn(mount.getName()) && !CacheMounts.isAtJobsPath(mount.getName())
                            ? FieldAuthor.Nobody
                            : FieldAuthor.Job)
                    .orElse(FieldAuthor.Nobody);
        }
        if (path.startsWith("args")) {
            return request.spec().command().isEmpty()
                            && index(path).orElse(0) < request.plan().command().size()
                    ? FieldAuthor.Environment
                    : FieldAuthor.Job;
        }
        return path.startsWith("workingDir") ? FieldAuthor.Job : FieldAuthor.Nobody;
    }

    private FieldAuthor ofVariable(String path) {
        return item(path, build().getEnv())
                .map(variable -> {
                    var name = variable.getName();
                    if (request.spec().env().stream().anyMatch(v -> v.name().equals(name))) {
                        return FieldAuthor.Job;
                    }
                    return request.plan().env().containsKey(name) ? FieldAuthor.Environment : FieldAuthor.Nobody;
                })
                .orElse(FieldAuthor.Nobody);
    }

    private FieldAuthor ofVolume(String path) {
        return item(path, pod.getSpec().getVolumes())
                .map(volume -> {
                    if (PodVolumes.isEnvironments(volume.getName())) {
                        return FieldAuthor.Environment;
                    }
                    if (CacheMounts.VOLUME.equals(volume.getName())) {
                        return FieldAuthor.Nobody;
                    }
                    if (!PodVolumes.isOwn(volume.getName()) || volume.getPersistentVolumeClaim() != null) {
                        return FieldAuthor.Job;
                    }
                    return volume.getEphemeral() == null ? FieldAuthor.Nobody : ofScratch();
                })
                .orElse(FieldAuthor.Nobody);
    }

    private FieldAuthor ofScratch() {
        var resources = request.spec().resources();
        var disk = resources == null ? null : resources.disk();
        return disk == null || disk.storageClassName() == null ? FieldAuthor.Policy : FieldAuthor.Job;
    }

    private Container build() {
        return pod.getSpec().getContainers().get(0);
    }

    private static <T> Optional<T> item(String path, List<T> items) {
        return index(path).filter(i -> i < items.size()).map(items::get);
    }

    private static Optional<Integer> index(String path) {
        var found = INDEX.matcher(path);
        return found.find() && found.group(1).length() < 9
                ? Optional.of(Integer.parseInt(found.group(1)))
                : Optional.empty();
    }
}

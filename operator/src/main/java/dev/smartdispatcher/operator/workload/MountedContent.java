package dev.smartdispatcher.operator.workload;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a pod sees of a ConfigMap that it mounts. */
public final class MountedContent {
    private MountedContent() {}

    /** Whether a pod sees the same of both for good: the same files, and {@code found} can never change. */
    public static boolean same(ConfigMap found, ConfigMap wanted) {
        return Boolean.TRUE.equals(found.getImmutable())
                && files(found.getData()).equals(files(wanted.getData()))
                && files(found.getBinaryData()).equals(files(wanted.getBinaryData()));
    }

    /** Whether the pod has the ConfigMap of this name as a volume, as part of one, or in a variable. */
    public static boolean uses(Pod pod, String name) {
        var spec = pod.getSpec();
        return Stream.of(
                        spec.getVolumes().stream().flatMap(MountedContent::mounts),
                        spec.getContainers().stream().flatMap(MountedContent::reads),
                        spec.getInitContainers().stream().flatMap(MountedContent::reads))
                .flatMap(names -> names)
                .anyMatch(name::equals);
    }

    private static Stream<String> mounts(Volume volume) {
        if (volume.getConfigMap() != null) {
            return Stream.of(volume.getConfigMap().getName());
        }
        return volume.getProjected() == null
                ? Stream.empty()
                : volume.getProjected().getSources().stream()
                        .map(source -> source.getConfigMap())
                        .filter(Objects::nonNull)
                        .map(source -> source.getName());
    }

    private static Stream<String> reads(Container container) {
        return Stream.concat(
                container.getEnvFrom().stream()
                        .map(from -> from.getConfigMapRef())
                        .filter(Objects::nonNull)
                        .map(ref -> ref.getName()),
                container.getEnv().stream()
                        .map(variable -> variable.getValueFrom())
                        .filter(Objects::nonNull)
                        .map(from -> from.getConfigMapKeyRef())
                        .filter(Objects::nonNull)
                        .map(ref -> ref.getName()));
    }

    private static Map<String, String> files(Map<String, String> data) {
        return data == null ? Map.of() : data;
    }
}

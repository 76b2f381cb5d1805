package dev.smartdispatcher.e2e.localnode;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a pod's volumes as directories: ConfigMaps and Secrets as files, claims as they are, empty ones empty. */
final class VolumeFiles {
    private static final int ORDINARY = 0644;

    private final KubernetesClient client;
    private final PodFiles files;

    VolumeFiles(KubernetesClient client, PodFiles files) {
        this.client = client;
        this.files = files;
    }

    /** Something that a volume is made of is not there yet. */
    static final class MissingObject extends Exception {
        private static final long serialVersionUID = 1L;

        MissingObject(String message) {
            super(message);
        }
    }

    /** The directory of each volume, by the volume's name. */
    Map<String, Path> make(Pod pod) throws IOException, MissingObject {
        var directories = new HashMap<String, Path>();
        for (var volume : pod.getSpec().getVolumes()) {
            directories.put(volume.getName(), make(pod, volume));
        }
        return directories;
    }

    private Path make(Pod pod, Volume volume) throws IOException, MissingObject {
        var namespace = pod.getMetadata().getNamespace();
        if (volume.getPersistentVolumeClaim() != null) {
            var name = volume.getPersistentVolumeClaim().getClaimName();
            required(
                    client.persistentVolumeClaims()
                            .inNamespace(namespace)
                            .withName(name)
                            .get(),
                    "persistentvolumeclaim",
                    name);
            return files.claim(namespace, name);
        }
        var directory = files.volume(pod, volume.getName());
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            var map = required(
                    client.configMaps()
                            .inNamespace(namespace)
                            .withName(source.getName())
                            .get(),
                    "configmap",
                    source.getName());
            write(directory, text(map.getData()), source.getItems(), source.getDefaultMode());
            write(directory, binary(map.getBinaryData()), source.getItems(), source.getDefaultMode());
        }
        if (volume.getSecret() != null) {
            var source = volume.getSecret();
            var secret = required(
                    client.secrets()
                            .inNamespace(namespace)
                            .withName(source.getSecretName())
                            .get(),
                    "secret",
                    source.getSecretName());
            write(directory, binary(secret.getData()), source.getItems(), source.getDefaultMode());
        }
        if (volume.getDownwardAPI() != null) {
            tell(pod, volume);
        }
        return directory;
    }

    /** Writes what running builds are told of their pod as it is now. */
    void tell(Pod pod) throws IOException {
        for (var volume : pod.getSpec().getVolumes()) {
            if (volume.getDownwardAPI() != null) {
                tell(pod, volume);
            }
        }
    }

    private void tell(Pod pod, Volume volume) throws IOException {
        var directory = files.volume(pod, volume.getName());
        for (var item : volume.getDownwardAPI().getItems()) {
            var value = PodVariables.field(pod, item.getFieldRef().getFieldPath());
            var next = directory.resolve("." + item.getPath());
            Files.writeString(next, value == null ? "" : value);
            Files.move(next, directory.resolve(item.getPath()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Map<String, byte[]> text(Map<String, String> data) {
        return data == null
                ? Map.of()
                : data.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue()
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, byte[]> binary(Map<String, String> data) {
        return data == null
                ? Map.of()
                : data.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> Base64.getDecoder()
                        .decode(e.getValue())));
    }

    private static void write(Path directory, Map<String, byte[]> data, List<KeyToPath> items, Integer mode)
            throws IOException {
        for (var entry : data.entrySet()) {
            var path = items == null || items.isEmpty()
                    ? entry.getKey()
                    : items.stream()
                            .filter(i -> i.getKey().equals(entry.getKey()))
                            .map(KeyToPath::getPath)
                            .findFirst()
                            .orElse(null);
            if (path != null) {
                var file = directory.resolve(path);
                Files.createDirectories(file.getParent());
                Files.write(file, entry.getValue());
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(permissions(mode == null ? ORDINARY : mode)));
            }
        }
    }

    private static String permissions(int mode) {
        var text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode & (1 << bit)) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }

    private static <T> T required(T object, String kind, String name) throws MissingObject {
        if (object == null) {
            throw new MissingObject(kind + " \"" + name + "\" not found");
        }
        return object;
    }
}

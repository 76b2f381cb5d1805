package dev.smartdispatcher.e2e.localnode;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.io.file.StandardDeleteOption;

/** Where the files of pods are: a directory for each pod, one for each claim, which outlives pods, and the logs. */
final class PodFiles {
    private final Path root;

    PodFiles(Path root) {
        this.root = root.toAbsolutePath();
    }

    Path claim(String namespace, String name) throws IOException {
        return Files.createDirectories(root.resolve("claims").resolve(namespace).resolve(name));
    }

    Path log(String namespace, String pod) throws IOException {
        return Files.createDirectories(root.resolve("logs").resolve(namespace)).resolve(pod + ".log");
    }

    Path terminationLog(Pod pod, String container) throws IOException {
        return directory(pod).resolve("termination-log." + container);
    }

    /** Stands in for a directory of a container in which volumes are mounted; has links to those. */
    Path parent(Pod pod, String container, Path path) throws IOException {
        return Files.createDirectories(directory(pod)
                .resolve("parents")
                .resolve(container)
                .resolve(Path.of("/").relativize(path)));
    }

    /** Puts a link to a directory in one of {@link #parent}. */
    void link(Path parent, Path name, Path to) throws IOException {
        var link = parent.resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, to);
    }

    /** A volume's directory, for volumes that go with the pod. */
    Path volume(Pod pod, String name) throws IOException {
        return Files.createDirectories(directory(pod).resolve("volumes").resolve(name));
    }

    /** Where a pod works whose working directory is on none of its volumes. */
    Path elsewhere(Pod pod) throws IOException {
        return Files.createDirectories(directory(pod).resolve("root"));
    }

    Path home(Pod pod) throws IOException {
        return Files.createDirectories(directory(pod).resolve("home"));
    }

    Path temporary(Pod pod) throws IOException {
        return Files.createDirectories(directory(pod).resolve("tmp"));
    }

    /** Removes the pod's own directory: its log and its claims stay. */
    void remove(Pod pod) throws IOException {
        // A build may have made some of it read-only.
        PathUtils.deleteDirectory(directory(pod), StandardDeleteOption.OVERRIDE_READ_ONLY);
    }

    /** The pod's own directory, in which all but its log and its claims is. */
    Path directory(Pod pod) throws IOException {
        ObjectMeta meta = pod.getMetadata();
        return Files.createDirectories(
                root.resolve("pods").resolve(meta.getNamespace() + "_" + meta.getName() + "_" + meta.getUid()));
    }
}

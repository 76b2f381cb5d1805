package dev.smartdispatcher.agent.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The host's file system, as far as the agent sees it. In a pod the host's directories are mounted under a root such as
 * {@code /host}; on a plain machine, the root is {@code /}. Paths given here are absolute ones of the host.
 */
public record HostPaths(Path root) {
    public HostPaths {
        root = root.toAbsolutePath().normalize();
    }

    /** Where the agent finds the host's {@code path}. */
    public Path path(String path) {
        return root.resolve(path.replaceFirst("^/+", "")).normalize();
    }

    /** Whether the host has the file. A link counts, wherever it leads: its target may not be mounted here. */
    public boolean exists(String path) {
        return Files.exists(path(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** The text of a file, without white space around it and the zero bytes that device trees end with. */
    public String text(String path) throws IOException {
        return Files.readString(path(path), StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .strip();
    }

    /** The text of a file; empty if there is no such file. */
    public Optional<String> textIfAny(String path) throws IOException {
        try {
            return Optional.of(text(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public List<String> lines(String path) throws IOException {
        return text(path).lines().toList();
    }

    /**
     * The lines of a regular file that is not larger than so many bytes.
     *
     * @throws IOException if there is none, or it is larger
     */
    public List<String> lines(String path, int mostBytes) throws IOException {
        Path file = path(path);
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(mostBytes + 1);
            if (content.length > mostBytes) {
                throw new IOException("it has more than " + mostBytes + " bytes");
            }
            return new String(content, StandardCharsets.ISO_8859_1).lines().toList();
        }
    }

    /** The names in a directory, sorted; none if there is no such directory. */
    public List<String> names(String directory) throws IOException {
        try (Stream<Path> entries = Files.list(path(directory))) {
            return entries.map(e -> e.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** {@code path}, or else the nearest directory above it that exists. */
    public Path nearestExisting(String path) {
        Path nearest = path(path);
        while (!Files.exists(nearest) && !nearest.equals(root)) {
            nearest = nearest.getParent();
        }
        return nearest;
    }
}

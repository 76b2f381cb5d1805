package dev.smartdispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Directories with input, arguments and what is expected of them, below this module's test resources. */
public final class Goldens {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private Goldens() {}

    /** The directories below the one of that name, each with a file {@code arguments}. */
    public static List<Path> in(String name) {
        try (var directories = Files.list(RESOURCES.resolve(name))) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("arguments")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The arguments of a directory. */
    public static String arguments(Path directory) throws IOException {
        return Files.readString(directory.resolve("arguments"));
    }

    /** Compares a text with the file, or writes the file with {@code -Dgolden.update=true}. */
    public static void compare(Path golden, String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }
        assertThat(golden).content().isEqualTo(text);
    }
}

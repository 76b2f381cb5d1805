package dev.smartdispatcher.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The source tree that the tests run in, whichever module's directory they are started from. */
public final class SourceTree {
    /** What only the root directory has; Maven knows it by the same. */
    private static final String MARK = ".mvn";

    private SourceTree() {}

    /**
     * The project's root directory, absolute.
     *
     * @throws IllegalStateException if the working directory is outside of it
     */
    public static Path root() {
        var here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, directory -> directory != null, Path::getParent)
                .filter(directory -> Files.isDirectory(directory.resolve(MARK)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(here + " is not inside the project: no " + MARK + " above"));
    }

    /** A file or directory of the project, by its path from the root. */
    public static Path file(String path) {
        return root().resolve(path);
    }
}

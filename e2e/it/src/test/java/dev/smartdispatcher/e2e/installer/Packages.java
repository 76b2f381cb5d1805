package dev.smartdispatcher.e2e.installer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.command.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The packages that the tests install, as {@code make-repository} makes them, and the installer's scripts: in a directory that
 * every user can read, as the volumes of a pod. They are made once for each version of that script, and kept outside of git.
 */
public final class Packages {
    private static final String SCRIPTS = "operator/src/main/resources/dev/smartdispatcher/operator/workload";
    private static Path shared;

    private Packages() {}

    /** What the pods share; a skip that says why, if this machine lacks what the tests need. */
    static synchronized Path shared() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can make the namespaces of a pod");
        var missing = Command.run(List.of(script("install-tools"), "--missing"))
                .succeeded()
                .strip();
        assumeTrue(missing.isEmpty(), "not installed: " + missing + " (e2e/installer/install-tools installs them)");
        if (shared == null) {
            shared = share();
        }
        return shared;
    }

    /** All packages, also those that cannot be installed. */
    static Path all() {
        return shared().resolve("packages");
    }

    /** A file or directory below {@link #all()}. */
    static Path of(String name) {
        return all().resolve(name);
    }

    /** The installer's scripts. */
    static Path scripts() {
        return shared().resolve("scripts");
    }

    /** Where the directories of the runs are. */
    static Path runs() {
        return shared().resolve("runs");
    }

    /** The path of a script of {@code e2e/installer}. */
    static String script(String name) {
        return SourceTree.file("e2e/installer/" + name).toString();
    }

    private static Path share() {
        try {
            var made = made();
            var shared = Files.createTempDirectory("installer-");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> Command.run(List.of("rm", "-rf", shared.toString()))));
            Command.run(List.of("chmod", "755", shared.toString())).succeeded();
            Command.run(List.of(
                            "cp",
                            "-a",
                            made.toString(),
                            shared.resolve("packages").toString()))
                    .succeeded();
            Files.createDirectories(shared.resolve("runs"));
            var scripts = Files.createDirectories(shared.resolve("scripts"));
            try (var files = Files.newDirectoryStream(SourceTree.file(SCRIPTS), "install*.sh")) {
                for (var file : files) {
                    Files.copy(file, scripts.resolve(file.getFileName()));
                }
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages, made if they are not there. */
    public static Path made() throws IOException {
        var home = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        var cache = Path.of(System.getenv().getOrDefault("SMART_DISPATCHER_CACHE", home + "/smart-dispatcher"));
        var made = cache.resolve("installer").resolve(version());
        if (!Files.exists(made)) {
            var partial = Files.createDirectories(made.resolveSibling(made.getFileName() + ".partial"));
            Command.run(Map.of(), List.of(script("make-repository"), partial.toString()))
                    .succeeded();
            Files.move(partial, made);
        }
        return made;
    }

    private static String version() throws IOException {
        try {
            var sum =
                    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of(script("make-repository"))));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Names in a list that {@code make-repository} has written. */
    static List<String> names(String list) {
        try {
            return Files.readAllLines(of(list), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

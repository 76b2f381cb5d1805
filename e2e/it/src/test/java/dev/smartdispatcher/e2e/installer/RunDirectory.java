package dev.smartdispatcher.e2e.installer;

import dev.smartdispatcher.e2e.command.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A directory for each test beside the packages, where the users of a pod can reach it. Roots with devices and links are removed. */
final class RunDirectory implements BeforeEachCallback, AfterEachCallback {
    private Path path;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        path = Files.createTempDirectory(Packages.runs(), "run-");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (path != null) {
            Command.run(List.of("rm", "-rf", path.toString())).succeeded();
        }
    }

    /** A directory below it, made when it is first asked for. */
    Path of(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

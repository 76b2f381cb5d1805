package dev.smartdispatcher.e2e.quickstart;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Fills the claim {@code packages} as a mirror would: two packages of Debian's format, made on this machine. */
final class Packages {
    /** What makes and installs them without root. */
    private static final List<String> PROGRAMS = List.of("dpkg", "dpkg-deb", "dpkg-query", "fakechroot", "fakeroot");

    private Packages() {}

    /** What this machine lacks to install packages, in words; empty if nothing. */
    static String missing() {
        if (!List.of("amd64", "x86_64").contains(System.getProperty("os.arch"))) {
            return "a machine of x86_64";
        }
        var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return String.join(
                ", ",
                PROGRAMS.stream()
                        .filter(program -> Arrays.stream(path)
                                .noneMatch(directory -> Files.isExecutable(Path.of(directory, program))))
                        .toList());
    }

    /**
     * Makes the packages.
     *
     * @param work directory that is empty
     */
    static void make(Path work, Path claim) throws InterruptedException {
        try {
            var shell = work.resolve("shell");
            Files.createDirectories(shell.resolve("usr/bin"));
            // With fakechroot, programs of the root take what they lack from this machine.
            Files.copy(Path.of("/bin/sh").toRealPath(), shell.resolve("usr/bin/sh"));
            build(shell, claim, "shell", Stream.of());

            var greeting = work.resolve("greeting");
            script(greeting.resolve("usr/bin/greet"), "read -r words </etc/greeting", "echo \"$words\"");
            script(greeting.resolve("DEBIAN/postinst"), "echo 'good morning' >/etc/greeting");
            Files.createDirectories(greeting.resolve("etc"));
            build(greeting, claim, "greeting", Stream.of("Depends: shell"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void build(Path directory, Path claim, String name, Stream<String> more)
            throws IOException, InterruptedException {
        var control = Stream.of(
                "Package: " + name,
                "Version: 1",
                "Architecture: all",
                "Maintainer: the quickstart <quickstart@example.org>",
                "Description: " + name);
        var debian = Files.createDirectories(directory.resolve("DEBIAN"));
        Files.setPosixFilePermissions(debian, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.write(debian.resolve("control"), Stream.concat(control, more).toList());
        var file = claim.resolve(name + "_1_all.deb");
        var built = new ProcessBuilder(
                        "dpkg-deb", "--root-owner-group", "--build", directory.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        var words = new String(built.getInputStream().readAllBytes());
        if (built.waitFor() != 0) {
            throw new IllegalStateException("package " + name + " cannot be made: " + words);
        }
    }
}

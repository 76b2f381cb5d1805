package dev.smartdispatcher.e2e.installer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.e2e.command.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run of the real installer in a pod's namespaces, in a directory of its own. */
final class Installation {
    private static final int POD_USER = 1_000_000;

    private final Path directory;
    private final List<String> pod = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> before = new ArrayList<>();
    private List<String> prefix = List.of("/bin/sh");
    private final List<String> flags = new ArrayList<>();

    private Installation(Path directory, String installer) {
        this.directory = directory;
        directory.toFile().mkdirs();
        set("--installer", installer);
        set("--root", directory.resolve("root"));
        set("--lists", directory.resolve("lists"));
        set("--report", directory.resolve("report"));
        set("--installed", directory.resolve("installed"));
        for (var list : List.of("preinstall", "install", "no-install", "remove")) {
            list(list, List.of());
        }
        owned();
    }

    /** The target armv7l on an i586 host, with the RPMs of the tests. */
    static Installation rpm(Path directory) {
        return new Installation(directory, "Rpm")
                .set("--repository", Packages.of("rpm"))
                .set("--mode", "Emulated")
                .set("--host-arch", "i586")
                .set("--target-arch", "armv7l");
    }

    /** The same with obs-build; the command is the recipe. */
    static Installation obs(Path directory) {
        return rpm(directory).set("--installer", "ObsBuild");
    }

    /** This machine's architecture, with packages of Debian. */
    static Installation deb(Path directory) {
        return new Installation(directory, "Deb")
                .set("--repository", Packages.of("deb"))
                .set("--host-arch", "x86_64")
                .set("--target-arch", "x86_64");
    }

    Installation set(String setting, Object value) {
        settings.put(setting, value.toString());
        return this;
    }

    Installation list(String name, List<String> names) {
        return file("lists/" + name, names.isEmpty() ? "" : String.join("\n", names) + "\n");
    }

    Installation preinstall(String... names) {
        return list("preinstall", List.of(names));
    }

    Installation install(String... names) {
        return list("install", List.of(names));
    }

    Installation noInstall(String... names) {
        return list("no-install", List.of(names));
    }

    Installation remove(String... names) {
        return list("remove", List.of(names));
    }

    /** A file in the run's directory. */
    Installation file(String name, String text) {
        try {
            var file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An option of {@code e2e/installer/pod}. */
    Installation pod(String option, Object value) {
        pod.addAll(List.of(option, value.toString()));
        return this;
    }

    /** The installer runs with this shell, which {@code /bin/sh} also is. */
    Installation shell(String program) {
        prefix = program.endsWith("busybox") ? List.of(program, "sh") : List.of(program);
        return pod("--shell", program);
    }

    /** The root of the container is the directory, and what is installed into. */
    Installation image(Path image) {
        return pod("--image", image).pod("--share", Packages.shared()).set("--root", "/");
    }

    /** Without capabilities, by fakechroot. */
    Installation restricted() {
        flags.add("--fakechroot");
        return pod("--user", 65532);
    }

    /** Installs nothing: the root was prepared by an earlier run. */
    Installation enter() {
        flags.add("--enter");
        return this;
    }

    /** The same with another root, which may be the machine's own. */
    Installation enterAt(String root) {
        return set("--root", root).enter();
    }

    /** What comes before the shell in the pod, as {@code timeout 3}. */
    Installation after(String... command) {
        before.addAll(List.of(command));
        return this;
    }

    /** Runs the installer to its end. */
    Result run(String... command) {
        owned();
        var line = new ArrayList<>(List.of(Packages.script("pod")));
        line.addAll(pod);
        line.addAll(before);
        line.addAll(prefix);
        line.add(Packages.scripts().resolve("install.sh").toString());
        line.addAll(flags);
        settings.forEach((setting, value) -> line.addAll(List.of(setting, value)));
        line.add("--");
        line.addAll(List.of(command));
        var ended = Command.run(line);
        return new Result(directory, ended.status(), ended.output(), ended.errors());
    }

    /** The pod's user can write in the run's directory, and read all of it. */
    private void owned() {
        var user = pod.contains("--user") ? POD_USER + 65532 : POD_USER;
        Command.run(List.of("chmod", "755", directory.toString())).succeeded();
        Command.run(List.of("chown", user + ":" + user, directory.toString())).succeeded();
    }

    /**
     * A run that has ended.
     *
     * @param directory the run's directory: the root is {@code root} in it
     * @param status of the installer, or of the command
     * @param output of the command
     * @param log of the installer
     */
    record Result(Path directory, int status, String output, String log) {
        JsonNode report() {
            try {
                return new ObjectMapper().readTree(directory.resolve("report").toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(log, e);
            }
        }

        /** The problem that the installer reports; nothing if there is none. */
        String problem() {
            return report().path("problem").asText();
        }

        Path root() {
            return directory.resolve("root");
        }

        /** Lines of a file in the root; none if it is not there. */
        List<String> lines(String file) {
            return read(root().resolve(file));
        }

        /** What each scriptlet of an installation has written down. */
        List<String> scriptlets() {
            return lines("var/log/installed");
        }

        /** Names, versions and architectures of what is installed. */
        List<String> installed() {
            return read(directory.resolve("installed"));
        }

        private static List<String> read(Path file) {
            try {
                return Files.exists(file) ? Files.readAllLines(file) : List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

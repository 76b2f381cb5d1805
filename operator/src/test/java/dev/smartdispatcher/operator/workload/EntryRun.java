package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Runs the real entry script with a shell, in a directory of its own, as a container would. */
final class EntryRun {
    /** No run takes longer but one that hangs. */
    private static final int LONGEST_SECONDS = 60;

    private static final Path SCRIPT = Path.of("src/main/resources/dev/smartdispatcher/operator/workload/entry.sh")
            .toAbsolutePath();

    private final List<String> shell;
    private final List<String> namespaces = new ArrayList<>();
    private UnaryOperator<String> change = UnaryOperator.identity();
    private final Path directory;
    private final Map<String, String> env = new HashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    EntryRun(String shell, Path directory) {
        this.shell = List.of(shell.split(" "));
        this.directory = directory;
        env.put("PATH", System.getenv("PATH"));
        env.put("HOME", file("home").toString());
        env.put("TMPDIR", directory.toString());
        env.put("BUILD_RESULTS", file("out").toString());
        set("--report", file("termination-log"));
        set("--results", file("out"));
        set("--cgroup", file("cgroup"));
    }

    /** {@code sh}, and those of dash, bash and busybox that are here and are not the same program. */
    static List<String> shells() throws IOException {
        var shells = new ArrayList<>(List.of("sh"));
        var sh = find("sh").orElseThrow().toRealPath();
        for (var name : List.of("dash", "bash", "busybox")) {
            var program = find(name);
            if (program.isPresent() && !program.get().toRealPath().equals(sh)) {
                shells.add(name.equals("busybox") ? "busybox sh" : name);
            }
        }
        return shells;
    }

    /** A program of the PATH. */
    static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(dir -> Path.of(dir, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    EntryRun with(String name, Object value) {
        env.put(name, value.toString());
        return this;
    }

    EntryRun without(String name) {
        env.remove(name);
        return this;
    }

    /** A setting of the script's, as {@code --deadline}. */
    EntryRun set(String setting, Object value) {
        settings.put(setting, value.toString());
        return this;
    }

    /** Leaves a setting to its default. */
    EntryRun unset(String setting) {
        settings.remove(setting);
        return this;
    }

    /**
     * Runs as the first process of namespaces of its own, as in a container: nothing outside is reached by its signals and mounts.
     *
     * @param before command line of the shell that comes first there
     */
    EntryRun contained(String before) {
        namespaces.clear();
        namespaces.addAll(List.of("unshare", "--pid", "--fork", "--mount", "--mount-proc"));
        if (!"root".equals(System.getProperty("user.name"))) {
            namespaces.addAll(List.of("--user", "--map-root-user"));
        }
        namespaces.addAll(List.of("sh", "-c", before + " && exec \"$@\"", "sh"));
        return this;
    }

    EntryRun contained() {
        return contained("true");
    }

    /** Has the script find only those of these tools that are there, and the shell's own. */
    EntryRun withOnly(List<String> tools) throws IOException {
        var bin = Files.createDirectories(file("only"));
        for (var tool : tools) {
            var program = find(tool);
            if (program.isPresent()) {
                Files.createSymbolicLink(bin.resolve(tool), program.get().toRealPath());
            }
        }
        change = text -> text.replaceFirst("(?m)^PATH=/usr/local/sbin:.*$", "PATH=" + bin);
        return this;
    }

    /** Has the script find its tools in this directory first, which a job cannot. */
    EntryRun withTools(Path tools) {
        change = text -> text.replace("PATH=/usr/local/sbin:", "PATH=" + tools + ":");
        return this;
    }

    /** Has TERM come to the script once, just before it does this line for the first time while there is a file of that name. */
    EntryRun withTermBefore(String line, String file) {
        var once = "rm '%1$s' && kill -s TERM $$; ".formatted(file(file));
        change = text -> {
            assertThat(text).containsOnlyOnce(line);
            return text.replace(line, "[ ! -e '%s' ] || { %s}\n".formatted(file(file), once) + line);
        };
        return this;
    }

    /** Has the shell's wait for the command end so often as bash's does when other children have ended: with 128 + 17. */
    EntryRun withEarlyEndsOfWait(int times) {
        var wait = "        wait \"$_sd_command\"\n";
        var early = """
                        if [ "${_sd_early:=0}" -lt %d ]; then _sd_early=$((_sd_early + 1)); (exit 145); else wait "$_sd_command"; fi
                """;
        change = text -> {
            assertThat(text).containsOnlyOnce(wait);
            return text.replace(wait, early.formatted(times));
        };
        return this;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Whether a command succeeds in the shell itself. */
    boolean shellSays(String command) throws IOException, InterruptedException {
        var line = new ArrayList<>(shell);
        line.addAll(List.of("-c", command));
        return new ProcessBuilder(line).redirectErrorStream(true).start().waitFor() == 0;
    }

    /** Starts the script with a command. */
    Started start(String... command) throws IOException {
        // A copy: the command has its own user here, as in a pod, but could write to it.
        var script = Files.writeString(file("entry.sh"), change.apply(Files.readString(SCRIPT)));
        var line = new ArrayList<>(namespaces);
        line.addAll(shell);
        line.add(script.toString());
        settings.forEach((setting, value) -> line.addAll(List.of(setting, value)));
        line.add("--");
        line.addAll(List.of(command));
        var builder = new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(env);
        return new Started(builder.start());
    }

    /** Runs the script with a command to its end. */
    Ended run(String... command) throws IOException, InterruptedException {
        return start(command).await();
    }

    /** A run that may not have ended. */
    final class Started {
        private final Process process;
        private final StringBuffer log = new StringBuffer();

        private Started(Process process) {
            this.process = process;
        }

        Process process() {
            return process;
        }

        /** Waits for the next line that the command prints. */
        String line() throws InterruptedException {
            var line = withinTime(LONGEST_SECONDS, () -> process.inputReader().readLine());
            log.append(line).append('\n');
            return line;
        }

        Ended await() throws IOException, InterruptedException {
            return await(LONGEST_SECONDS);
        }

        /** Waits until the entry and all that writes to its output have ended; fails after so many seconds. */
        Ended await(int seconds) throws IOException, InterruptedException {
            var exitCode = withinTime(seconds, () -> {
                process.inputReader().lines().forEach(line -> log.append(line).append('\n'));
                return process.waitFor();
            });
            var file = Path.of(settings.get("--report"));
            return new Ended(exitCode, log.toString(), Files.exists(file) ? Files.readString(file) : "");
        }

        private <T> T withinTime(int seconds, Callable<T> action) throws InterruptedException {
            var task = new FutureTask<>(action);
            var thread = new Thread(task, "entry-output");
            thread.setDaemon(true);
            thread.start();
            try {
                return task.get(seconds, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the entry hangs: no end after " + seconds + " s; it said: " + log, e);
            } catch (ExecutionException e) {
                throw new AssertionError("the entry's output cannot be read", e);
            }
        }
    }

    /** A run that ended: exit code, what it printed, and its termination message. */
    record Ended(int exitCode, String log, String message) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(message);
        }
    }
}

package dev.smartdispatcher.operator.workload.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smartdispatcher.operator.check.CheckOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What scripts may do to {@code check.sh}, with every shell that is here: as the first process of namespaces of its own, as the user
 * of checks, with two MiB of disk. Each ends, at its limits, and says how.
 */
@Timeout(120)
class CheckScriptTest {
    private static final int LONGEST_SECONDS = 60;
    private static final int MOST_BYTES = 4096;

    @TempDir
    private Path directory;

    @BeforeAll
    static void isRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to become the user of checks");
    }

    static Stream<String> shells() throws IOException {
        var shells = new ArrayList<>(List.of("sh"));
        var sh = find("sh").orElseThrow().toRealPath();
        for (var name : List.of("dash", "bash", "busybox")) {
            var program = find(name);
            if (program.isPresent() && !program.get().toRealPath().equals(sh)) {
                shells.add(name.equals("busybox") ? "busybox sh" : name);
            }
        }
        return shells.stream();
    }

    private static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(dir -> Path.of(dir, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A script, and how the report says that it ended. */
    static Stream<Arguments> scripts() throws IOException {
        var cases = Map.ofEntries(
                Map.entry("true", "exited 0"),
                Map.entry("exit 3", "exited 3"),
                // No time-out, whatever the code says.
                Map.entry("exit 124", "exited 124"),
                Map.entry("kill -s KILL $$", "exited 137"),
                Map.entry("kill -s TERM $$", "exited 143"),
                Map.entry("sleep 600", "timeout"),
                Map.entry("trap '' TERM HUP INT; sleep 600; sleep 600", "timeout"),
                Map.entry("yes", "timeout"),
                Map.entry("yes 'a=b' | head -c 100000; exit 4", "exited 4"),
                Map.entry("dd if=/dev/zero bs=1024 count=100 2>&1; exit 5", "exited 5"),
                // Something stays behind that keeps the output open.
                Map.entry("setsid sleep 600 & exit 6", "exited 6"),
                Map.entry("sleep 600 & exit 7", "exited 7"),
                Map.entry("kill -s KILL -1; exit 8", "exited 8"),
                // Full, wherever it may write.
                Map.entry("dd if=/dev/zero of=a bs=65536; dd if=/dev/zero of=$STATE/a bs=65536; exit 9", "exited 9"),
                Map.entry("rm -rf \"$STATE\"/*; exit 10", "exited 10"),
                Map.entry("exec 0<&- 1>&- 2>&- 3>&- 5>&- 8>&- 9>&-; exit 11", "exited 11"));
        return shells().flatMap(shell -> cases.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Arguments.of(shell, e.getKey(), e.getValue())));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void eachScriptEndsAndItIsSaidHow(String shell, String script, String how) throws Exception {
        var report = run(shell, script);
        assertThat(report).startsWith("smart-dispatcher-check: " + how + "\n");
        assertThat(report.length()).isLessThanOrEqualTo(MOST_BYTES);
    }

    /** The bomb grows as far as the limit of processes; when its shell has given up, or at its time-out, nothing is left. */
    @ParameterizedTest
    @MethodSource("shells")
    void aForkBombEnds(String shell) throws Exception {
        assertThat(run(shell, "bomb() { bomb | bomb & }; bomb; sleep 600"))
                .matches("(?s)smart-dispatcher-check: (timeout|exited [0-9]+)\n.*");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void noMoreProcessesThanTheLimit(String shell) throws Exception {
        var report = run(
                shell,
                "i=0; while [ $i -lt 200 ]; do sleep 5 & i=$((i + 1)); done; echo unbounded=yes",
                "--processes",
                "20");
        assertThat(CheckOutput.of(report).attributes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void noFileLargerThanTheLimit(String shell) throws Exception {
        var report = run(
                shell,
                "(dd if=/dev/zero of=big bs=1024 count=200) 2>/dev/null; echo \"size=$(($(wc -c <big)))\"",
                "--file-size",
                "102400");
        assertThat(CheckOutput.of(report).attributes()).containsExactly(Map.entry("size", "102400"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whateverIsPrintedTheReportIsAscii(String shell) throws Exception {
        var report = run(
                shell,
                "printf '\\377\\376 caf\\303\\251\\000\\033[31m\\ncount=8\\nname=\\303\\251\\nmodel=x.1_y-z\\n'; exit 1");
        assertThat(report).matches("[\\x0a\\x20-\\x7e]*");
        var output = CheckOutput.of(report);
        assertThat(output.exitCode()).isEqualTo(OptionalInt.of(1));
        assertThat(output.attributes()).containsExactly(Map.entry("count", "8"), Map.entry("model", "x.1_y-z"));
        assertThat(output.text()).startsWith("?? caf??");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aScriptThatIsStoppedTellsWhatItFound(String shell) throws Exception {
        assertThat(run(shell, "echo count=8; sleep 600")).isEqualTo("smart-dispatcher-check: timeout\ncount=8\n");
    }

    private String run(String shell, String script, String... settings) throws IOException, InterruptedException {
        var report = Files.createFile(directory.resolve("report"));
        Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var disk = Files.createDirectory(directory.resolve("disk"));
        var line = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount", "--mount-proc"));
        line.addAll(List.of(
                "sh",
                "-c",
                "mount -t tmpfs -o size=2m,mode=777 none '" + disk + "' && mkdir -m 777 '" + disk + "/state' '" + disk
                        + "/work' && exec setpriv --reuid 65533 --regid 65533 --clear-groups \"$@\"",
                "sh"));
        line.addAll(List.of(shell.split(" ")));
        line.addAll(List.of("-c", CheckScript.TEXT, "check.sh"));
        line.addAll(List.of("--report", report.toString(), "--state", disk + "/state", "--work", disk + "/work"));
        line.addAll(List.of("--timeout", "2"));
        line.addAll(List.of(settings));
        line.addAll(List.of("--", script));
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("STATE", disk + "/state");
        var process = builder.start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends: %s", shell, script)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(report, StandardCharsets.ISO_8859_1);
    }
}

package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real script, with every shell that is here. */
@Timeout(300)
class EntryTest {
    @TempDir
    private Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void exitCodeIsTheCommands(String shell) throws Exception {
        for (var code : List.of(0, 1, 3, 122, 124, 126, 255)) {
            var ended = new EntryRun(shell, directory).run("sh", "-c", "exit " + code);
            assertThat(ended.exitCode()).isEqualTo(code);
            assertThat(ended.json().get("exitCode").intValue()).isEqualTo(code);
            assertThat(ended.json().get("deadlineExceeded").booleanValue()).isFalse();
            assertThat(ended.json().get("terminated").booleanValue()).isFalse();
            assertThat(ended.json().get("results").textValue()).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aCommandKilledByASignalEndsAsInAShell(String shell) throws Exception {
        assertThat(new EntryRun(shell, directory).run("sh", "-c", "kill -9 $$").exitCode())
                .isEqualTo(137);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatCannotBeRunIsTheBuildsFailure(String shell) throws Exception {
        var run = new EntryRun(shell, directory);
        assertThat(run.run("no-such-command").exitCode()).isEqualTo(127);
        assertThat(run.run("/etc/passwd").exitCode()).isEqualTo(126);
        assertThat(run.run().exitCode()).isEqualTo(127);
        assertThat(run.run().json().get("exitCode").intValue()).isEqualTo(127);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void argumentsArriveAsTheyAre(String shell) throws Exception {
        var ended = new EntryRun(shell, directory)
                .run("printf", "[%s]", "a b", "two\nlines", "*", "$HOME", "", "'\"\\", "-x");
        assertThat(ended.log()).isEqualTo("[a b][two\nlines][*][$HOME][]['\"\\][-x]\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void homeAndResultsAreMade(String shell) throws Exception {
        var run = new EntryRun(shell, directory);
        assertThat(run.run("sh", "-c", "test -d \"$HOME\" && test -d \"$BUILD_RESULTS\"")
                        .exitCode())
                .isZero();
        assertThat(run.without("HOME")
                        .run("sh", "-c", "test -w \"$HOME\" && echo $HOME")
                        .log())
                .isEqualTo(directory + "\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void resultsAreCopiedWhole(String shell) throws Exception {
        var target = directory.resolve("claim/job/1");
        Files.createDirectories(target);
        Files.writeString(target.resolve("stale"), "of a job of the same name");
        var run = new EntryRun(shell, directory).set("--keep", target);
        var ended = run.run(
                "sh", "-c", "cd $BUILD_RESULTS; mkdir d; echo x > 'd/a b'; echo h > .hidden; ln -s nowhere link");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.json().get("results").textValue()).isEqualTo("copied");
        assertThat(target.resolve("d/a b")).hasContent("x");
        assertThat(target.resolve(".hidden")).hasContent("h");
        assertThat(target.resolve("link")).isSymbolicLink();
        assertThat(target.resolve("stale")).doesNotExist();
        assertThat(target.resolveSibling("1.partial")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFailedCommandsResultsAreNotCopied(String shell) throws Exception {
        var target = directory.resolve("claim/job/1");
        var ended = new EntryRun(shell, directory)
                .set("--keep", target)
                .run("sh", "-c", "echo x > $BUILD_RESULTS/x; exit 9");
        assertThat(ended.exitCode()).isEqualTo(9);
        assertThat(ended.json().get("results").textValue()).isEqualTo("none");
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFailedCopyLeavesNothingAndSaysWhy(String shell) throws Exception {
        var claim = directory.resolve("claim");
        Files.createDirectories(claim);
        var ended = new EntryRun(shell, directory)
                .set("--keep", claim.resolve("job/1"))
                .run("sh", "-c", "rm -rf $BUILD_RESULTS");
        assertThat(ended.exitCode()).isEqualTo(122);
        assertThat(ended.json().get("exitCode").intValue()).isEqualTo(122);
        assertThat(ended.json().get("results").textValue()).isEqualTo("failed");
        assertThat(ended.json().get("message").textValue()).contains("out").doesNotContain("\"");
        assertThat(ended.log()).contains("smart-dispatcher: the results could not be copied");
        assertThat(claim.resolve("job")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theDeadlineEndsTheCommandAndAllThatItStarted(String shell) throws Exception {
        var pids = directory.resolve("pids");
        var started = List.<String>of();
        // A command that is slow may not have come so far when its deadline passes.
        for (int seconds = 1; started.size() < 2; seconds *= 4) {
            Files.writeString(pids, "");
            var ended = new EntryRun(shell, directory)
                    .set("--deadline", seconds)
                    .run(
                            "sh",
                            "-c",
                            "sh -c 'trap \"\" TERM; echo $$ >> pids; sleep 99' & sleep 98 & echo $! >> pids; wait");
            assertThat(ended.exitCode()).isEqualTo(124);
            assertThat(ended.json().get("deadlineExceeded").booleanValue()).isTrue();
            assertThat(ended.json().get("exitCode").intValue()).isEqualTo(124);
            assertThat(ended.log()).contains("smart-dispatcher: deadline of " + seconds + " s exceeded");
            started = Files.readAllLines(pids);
        }
        assertDead(started);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatIgnoresTermIsKilled(String shell) throws Exception {
        var ended = new EntryRun(shell, directory)
                .set("--deadline", 1)
                .set("--grace", 1)
                .run("sh", "-c", "trap '' TERM; while :; do sleep 1; done");
        assertThat(ended.exitCode()).isEqualTo(124);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void termIsForwarded(String shell) throws Exception {
        var started = new EntryRun(shell, directory)
                .start("sh", "-c", "trap 'echo stopped; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        assertThat(started.line()).isEqualTo("ready");
        started.process().toHandle().destroy();
        var ended = started.await();
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.log()).contains("stopped");
        assertThat(ended.json().get("terminated").booleanValue()).isTrue();
        assertThat(ended.json().get("deadlineExceeded").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void nothingOutlivesTheEntryAndTheEntryWaitsForNothing(String shell) throws Exception {
        var began = System.nanoTime();
        var ended = new EntryRun(shell, directory)
                .set("--deadline", 3600)
                .run("sh", "-c", "sleep 97 & echo $! > pids; setsid -f true; exit 0");
        assertThat(ended.exitCode()).isZero();
        // The log's pipe was at its end, so nobody holds it; and no sleep of the entry's own was waited for.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(90));
        assertDead(Files.readAllLines(directory.resolve("pids")));
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(n -> n.startsWith("smart-dispatcher"));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theCommandTakesInterruptsWhereTheImageCanGiveThemBack(String shell) throws Exception {
        var run = new EntryRun(shell, directory);
        // The shell's own env, since busybox brings one that cannot.
        if (run.shellSays("env --default-signal=INT true")) {
            assertThat(run.run("sh", "-c", "kill -INT $$; sleep 5").exitCode()).isEqualTo(130);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aDeadlineHoldsWithoutTemporaryDirectoryAndReport(String shell) throws Exception {
        var run = new EntryRun(shell, directory)
                .with("TMPDIR", "/no/such/directory")
                .set("--report", "/no/such/file");
        assertThat(run.run("sh", "-c", "exit 4").exitCode()).isEqualTo(4);
        assertThat(run.set("--deadline", 1).run("sleep", "96").exitCode()).isEqualTo(124);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void termMayComeBeforeTheCommandRuns(String shell) throws Exception {
        var started = new EntryRun(shell, directory).start("sleep", "95");
        started.process().toHandle().destroy();
        assertThat(started.await().exitCode()).isEqualTo(143);
    }

    /** The guard of these tests themselves. */
    @Test
    void aRunThatDoesNotEndFailsAndIsKilled() throws Exception {
        var started = new EntryRun("sh", directory).start("sh", "-c", "echo $$ > pids; echo ready; sleep 98");
        assertThat(started.line()).isEqualTo("ready");
        assertThatThrownBy(() -> started.await(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("the entry hangs: no end after 1 s", "ready");
        assertDead(Files.readAllLines(directory.resolve("pids")));
    }

    /** A fork that is still a shell, or a program of the image, may take the signal and go on to start the command. */
    @ParameterizedTest
    @MethodSource("shells")
    void termIsNotLostOnTheWayToTheCommand(String shell) throws Exception {
        var slow = directory.resolve("bin/setsid");
        var there = directory.resolve("there");
        Files.createDirectories(slow.getParent());
        Files.writeString(slow, """
            #!/bin/sh
            told=''
            trap told=yes TERM
            : >'%s'
            while [ -z "$told" ]; do sleep 0.05; done
            exec "$@"
            """.formatted(there));
        assertThat(slow.toFile().setExecutable(true)).isTrue();
        var path = slow.getParent() + ":" + System.getenv("PATH");
        var run = new EntryRun(shell, directory).withTools(slow.getParent());
        // Busybox has one in itself.
        if (!run.shellSays("PATH='%s'; test \"$(command -v setsid)\" = '%s'".formatted(path, slow))) {
            return;
        }
        var started = run.start("sh", "-c", "exit 3");
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(there));
        started.process().toHandle().destroy();
        assertThat(started.await().exitCode()).isEqualTo(143);
    }

    /** What the shell has read and not yet used must be the same after the signal: or the build is killed without its grace. */
    @ParameterizedTest
    @MethodSource("shells")
    void termMayComeBetweenAnyTwoLines(String shell) throws Exception {
        var lines = List.of(
                "        _sd_cents=${_sd_now#*.}00\n",
                "        _sd_now=$((${_sd_now%.*} * 100 + 1$_sd_cents - 100))\n",
                "        set -- ${_sd_stat##*) }\n        _sd_letter=$1\n");
        for (var line : lines) {
            var run = new EntryRun(shell, directory).withTermBefore(line, "now");
            var ended = run.run("sh", "-c", "trap 'sleep 0.2; exit 3' TERM; : >now; while :; do sleep 0.02; done");
            assertThat(ended.exitCode()).as(line).isEqualTo(3);
        }
    }

    private static void assertDead(List<String> pids) {
        assertThat(pids).isNotEmpty();
        for (var pid : pids) {
            Awaitility.await(pid).atMost(60, TimeUnit.SECONDS).until(() -> dead(pid));
        }
    }

    /** Gone, or a zombie that nobody has collected. */
    private static boolean dead(String pid) {
        try {
            var stat = Files.readString(Path.of("/proc", pid, "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException e) {
            return true;
        }
    }
}

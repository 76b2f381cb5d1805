package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the script leaves in the claim and in its report, and what it hands on to the command. */
@Timeout(300)
class EntryKeptTest {
    @TempDir
    private Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theLogIsInTheClaimAndInTheContainersLog(String shell) throws Exception {
        var ended = kept(shell).run("sh", "-c", "echo one; echo two >&2; echo r > $BUILD_RESULTS/r");
        assertThat(ended.log()).isEqualTo("one\ntwo\n");
        assertThat(log()).isEqualTo("one\ntwo\n");
        assertThat(claim("r")).hasContent("r");
        assertThat(ended.json().get("logKept").booleanValue()).isTrue();
        assertThat(ended.json().get("lastLines").textValue()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void ofALongLogTheBeginningAndTheEndAreKept(String shell) throws Exception {
        var ended = kept(shell)
                .set("--log-size", 100_000)
                .run("sh", "-c", "echo first; head -c 900000 /dev/zero | tr '\\0' x; echo last; exit 1");
        assertThat(log().length()).isBetween(90_000, 101_000);
        assertThat(log())
                .startsWith("first\n")
                .contains("longer than 100000 bytes")
                .endsWith("last\n");
        assertThat(ended.log()).hasSizeGreaterThan(900_000);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theEndOfTheOutputIsInTheReportOfAFailure(String shell) throws Exception {
        var ended = new EntryRun(shell, directory)
                .run("sh", "-c", "seq 5000; printf 'q\"b\\\\t\\tz\\033[31mred\\n'; exit 3");
        var lines = ended.json().get("lastLines").textValue();
        assertThat(lines).contains("4999\n5000\nq\"b\\t\tzred");
        assertThat(lines.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1900, 2048);
        assertThat(ended.message().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void resultsKeepTimesAndHardLinks(String shell) throws Exception {
        kept(shell).run("sh", "-c", "cd $BUILD_RESULTS; echo x > a; touch -t 200101010000 a; ln a b");
        assertThat(Files.getLastModifiedTime(claim("a")).toInstant()).isBefore(Instant.parse("2001-01-03T00:00:00Z"));
        assertThat(Files.isSameFile(claim("a"), claim("b"))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatAFailedBuildLeftIsKept(String shell) throws Exception {
        var ended = kept(shell).run("sh", "-c", "mkdir $BUILD_RESULTS/d; echo x > $BUILD_RESULTS/d/test.xml; exit 9");
        assertThat(ended.exitCode()).isEqualTo(9);
        assertThat(ended.json().get("results").textValue()).isEqualTo("kept");
        assertThat(claim("d/test.xml")).hasContent("x");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void ofTooMuchTheSmallestFilesAreKept(String shell) throws Exception {
        var ended = kept(shell)
                .set("--failed-results-size", 200_000)
                .run("sh", "-c", "cd $BUILD_RESULTS; echo x > small; head -c 900000 /dev/zero > large; exit 9");
        assertThat(ended.json().get("results").textValue()).isEqualTo("kept");
        assertThat(ended.json().get("message").textValue()).startsWith("1 files of the results were left out");
        assertThat(claim("small")).hasContent("x");
        assertThat(claim("large")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aResultWithTheLogsNameKeepsIt(String shell) throws Exception {
        kept(shell).run("sh", "-c", "echo output; echo mine > $BUILD_RESULTS/log.gz");
        assertThat(claim("log.gz")).hasContent("mine");
        assertThat(claim("smart-dispatcher.log.gz")).exists();
    }

    /** Reading a pipe or a device may not end. */
    @ParameterizedTest
    @MethodSource("shells")
    void pipesAmongTheResultsHoldNothingUp(String shell) throws Exception {
        var mixed = "cd $BUILD_RESULTS; mkfifo pipe; echo x > small; head -c 900000 /dev/zero > large; exit 9";
        var ended = kept(shell).set("--failed-results-size", 200_000).run("sh", "-c", mixed);
        assertThat(ended.json().get("results").textValue()).isEqualTo("kept");
        assertThat(claim("small")).hasContent("x");
        assertThat(claim("pipe")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theBoundHoldsForADirectoryBehindALink(String shell) throws Exception {
        var ended = kept(shell)
                .set("--failed-results-size", 200_000)
                .run(
                        "sh",
                        "-c",
                        "mkdir other; echo x > other/small; head -c 900000 /dev/zero > other/large;"
                                + " rmdir $BUILD_RESULTS; ln -s $PWD/other $BUILD_RESULTS; exit 9");
        assertThat(ended.json().get("results").textValue()).isEqualTo("kept");
        assertThat(claim("small")).hasContent("x");
        assertThat(claim("large")).doesNotExist();
    }

    /** As caches of Go modules are: left by a job of the same name, in the place of the results of this one. */
    @ParameterizedTest
    @MethodSource("shells")
    void directoriesThatNobodyMayWriteAreReplaced(String shell) throws Exception {
        var run = kept(shell).contained("set -- setpriv --bounding-set=-dac_override,-dac_read_search \"$@\"");
        assertThat(run.run("sh", "-c", "cd $BUILD_RESULTS; mkdir -p ro/x; chmod 555 ro")
                        .exitCode())
                .isZero();
        var ended = run.run("sh", "-c", "cd $BUILD_RESULTS; chmod 755 ro; rm -r ro; echo x > new");
        assertThat(ended.exitCode()).isZero();
        assertThat(claim("new")).hasContent("x");
        assertThat(claim("ro")).doesNotExist();
    }

    /** A build that makes a C library in the directory where the job has programs look for libraries. */
    @ParameterizedTest
    @MethodSource("shells")
    void librariesOfTheBuildAreNotThoseOfTheEntry(String shell) throws Exception {
        var ended = kept(shell)
                .with("LD_LIBRARY_PATH", directory.resolve("lib"))
                .run("sh", "-c", "echo x > $BUILD_RESULTS/r; mkdir lib; echo none > lib/libc.so.6");
        assertThat(ended.exitCode()).isZero();
        assertThat(claim("r")).hasContent("x");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void variablesArriveAsTheJobSetsThem(String shell) throws Exception {
        var run = new EntryRun(shell, directory);
        var names = List.of(
                "state",
                "base",
                "key",
                "total",
                "deadline",
                "_sd_state",
                "_sd_deadline",
                "my.key",
                "db-password",
                "TERMINATION_LOG",
                "BUILD_GRACE_SECONDS",
                "BUILD_CGROUP",
                "grace",
                "cgroup",
                "LD_LIBRARY_PATH",
                "LC_ALL");
        names.forEach(name -> run.with(name, "of the job"));
        run.with("two-lines", "a\nb");
        var ended = run.run("env");
        names.forEach(name -> assertThat("\n" + ended.log()).contains("\n" + name + "=of the job\n"));
        assertThat(ended.log()).contains("two-lines=a\nb\n").contains("PATH=" + System.getenv("PATH") + "\n");
        assertThat(ended.log()).doesNotContainPattern("(?m)^_sd_(?!state|deadline)");
        assertThat(Files.exists(directory.resolve("of the job"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aDeadlineThatIsShortenedWhileTheCommandRunsIsObeyed(String shell) throws Exception {
        var file = Files.writeString(directory.resolve("deadline-seconds"), "600");
        var started = new EntryRun(shell, directory)
                .set("--deadline", 3600)
                .set("--deadline-file", file)
                .start("sh", "-c", "echo ready; sleep 600");
        assertThat(started.line()).isEqualTo("ready");
        Files.writeString(file, "1");
        var ended = started.await();
        assertThat(ended.exitCode()).isEqualTo(124);
        assertThat(ended.json().get("deadlineSeconds").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFullScratchDiskIsToldOfACommandThatFailed(String shell) throws Exception {
        var scratch = Files.createDirectories(directory.resolve("scratch"));
        var run = new EntryRun(shell, directory)
                .contained("mount -t tmpfs -o size=2m none " + scratch)
                .set("--scratch", scratch);
        var fill = "dd if=/dev/zero of=" + scratch + "/o bs=64k count=99; ";
        assertThat(run.run("sh", "-c", fill + "exit 2").json().get("outOfDisk").booleanValue())
                .isTrue();
        assertThat(run.run("sh", "-c", fill + "exit 0").json().get("outOfDisk").booleanValue())
                .isFalse();
        assertThat(run.run("sh", "-c", "echo 'No space left on device'; exit 2")
                        .json()
                        .get("outOfDisk")
                        .booleanValue())
                .isFalse();
    }

    private EntryRun kept(String shell) {
        return new EntryRun(shell, directory)
                .set("--keep", claim("."))
                .set("--log-size", 1_000_000)
                .set("--failed-results-size", 1_000_000);
    }

    private Path claim(String name) {
        return directory.resolve("claim/job/1").resolve(name).normalize();
    }

    private String log() throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(claim("log.gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

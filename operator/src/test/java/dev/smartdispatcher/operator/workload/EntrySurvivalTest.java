package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.attempt.AttemptObserver;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a build may do to its entry, which has the same user: each line of the table with every shell that is here, to its end
 * and beyond its deadline. Exit code, deadline and usage stay right whatever it is.
 */
@Timeout(300)
class EntrySurvivalTest {
    private static final int CODE = 5;
    private static final long MEMORY = 5_000_000;
    /** All that the script uses, but what it waits with. */
    private static final List<String> TOOLS = List.of(
            "cat", "chmod", "cp", "du", "env", "find", "getconf", "gzip", "head", "iconv", "ls", "mkdir", "mkfifo",
            "mktemp", "mv", "rm", "sed", "setsid", "sort", "stat", "tail", "tee", "tr", "true", "wc");

    /** Harmful to whatever has the build's user; the order is one in which all of them can be done. */
    private static final List<String> MISDEEDS = List.of(
            "kill -KILL -1",
            "kill -STOP -1",
            "kill -TERM -1",
            "rm -rf \"$TMPDIR\"/* \"$STATE\"/*",
            "exec 0<&- 1>&- 2>&- 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-",
            "for fd in 3 4 5 6 7 8 9; do true >/proc/1/fd/$fd; done",
            "trap '' TERM PIPE",
            "dd if=/dev/zero of=$TMPDIR/fill bs=1M count=9; dd if=/dev/zero of=$STATE/fill bs=1M count=9",
            "printf '%06000d' 7 >termination-log",
            "rm -f termination-log",
            // The name of a process, as the kernel writes it into its table.
            "printf 'a\\nb' >/proc/$$/comm",
            "setsid sleep 600 & :");

    @TempDir
    private Path directory;

    static Stream<Arguments> misdeeds() throws IOException {
        return EntryRun.shells().stream()
                .flatMap(shell -> MISDEEDS.stream().map(misdeed -> Arguments.of(shell, misdeed)));
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void theOutcomeStaysRight(String shell, String misdeed) throws Exception {
        var ended = run(shell, 600, misdeed + "; sleep 0.2; exit " + CODE).await();
        assertThat(ended.exitCode()).isEqualTo(CODE);
        assertThat(ended.json().get("exitCode").intValue()).isEqualTo(CODE);
        assertThat(ended.json().get("deadlineExceeded").booleanValue()).isFalse();
        assertThat(ended.json().get("terminated").booleanValue()).isFalse();
        assertThat(ended.json().get("memoryPeakBytes").longValue()).isEqualTo(MEMORY);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theDeadlineHoldsAfterAllOfIt(String shell) throws Exception {
        var ended = run(shell, 1, String.join("; ", MISDEEDS) + "; sleep 600; sleep 600; exit " + CODE)
                .await();
        assertThat(ended.exitCode()).isEqualTo(124);
        assertThat(ended.json().get("deadlineExceeded").booleanValue()).isTrue();
        assertThat(ended.json().get("deadlineSeconds").intValue()).isEqualTo(1);
        assertThat(ended.json().get("memoryPeakBytes").longValue()).isEqualTo(MEMORY);
    }

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    /** What it comes down to where there is nothing to wait with at all. */
    @ParameterizedTest
    @MethodSource("shells")
    void anImageWithoutSleepHasADeadline(String shell) throws Exception {
        var run = new EntryRun(shell, directory).contained().withOnly(TOOLS).set("--deadline", 1);
        assertThat(run.run("sh", "-c", "exit 4").exitCode()).isEqualTo(4);
        assertThat(run.run("sleep", "600").exitCode()).isEqualTo(124);
    }

    /** What a build prints after it has killed everything arrives, in the log and in the report. */
    @ParameterizedTest
    @MethodSource("shells")
    void theLogGoesOn(String shell) throws Exception {
        var ended =
                run(shell, 600, "kill -KILL -1; sleep 0.2; echo more; exit 3").await();
        assertThat(ended.log()).contains("more");
        assertThat(ended.json().get("lastLines").textValue()).contains("more");
    }

    /** At a container's limit of processes the shell of the entry cannot fork either, and a shell that cannot ends. */
    @ParameterizedTest
    @MethodSource("shells")
    void aBuildThatTakesAllProcessesIsKilledAndTold(String shell) throws Exception {
        // The limit is that of a user who is not root.
        assumeTrue("root".equals(System.getProperty("user.name")));
        Files.writeString(directory.resolve("bomb"), "trap 'exec sh bomb' EXIT; while :; do sleep 600 & done");
        var ended = new EntryRun(shell, directory)
                .contained("chmod -R 777 " + directory
                        + " && set -- setpriv --reuid=64998 --clear-groups prlimit --nproc=30 \"$@\"")
                .run("sh", "bomb");
        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(ended.json().get("exitCode").intValue()).isEqualTo(137);
        assertThat(ended.json().get("lastLines").textValue()).contains("no more processes can be started");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aPipeAmongItsFilesHoldsNoTermUp(String shell) throws Exception {
        var state = Files.createDirectories(directory.resolve("state"));
        var started = new EntryRun(shell, directory)
                .set("--state", state)
                .start("sh", "-c", "mkfifo state/terminated; trap 'exit 4' TERM; echo ready; sleep 600 & wait");
        assertThat(started.line()).isEqualTo("ready");
        started.process().toHandle().destroy();
        assertThat(started.await().exitCode()).isEqualTo(4);
    }

    /** Of bash, which is the {@code sh} of some images. */
    @ParameterizedTest
    @MethodSource("shells")
    void optionsOfTheShellInAVariableDoNothing(String shell) throws Exception {
        for (var option : List.of("monitor", "noclobber", "allexport", "errexit", "noglob", "xtrace")) {
            var ended = new EntryRun(shell, directory).with("SHELLOPTS", option).run("sh", "-c", "env; exit 3");
            assertThat(ended.exitCode()).as(option).isEqualTo(3);
            assertThat(ended.log()).as(option).doesNotContain("_sd_");
        }
    }

    /** With the last two bash ends before the entry has begun, and says that all is well. */
    @ParameterizedTest
    @MethodSource("shells")
    void aShellThatDoesNotRunTheEntryCompletesNoBuild(String shell) throws Exception {
        for (var option : List.of("pipefail", "keyword", "noexec", "onecmd")) {
            var run = new EntryRun(shell, Files.createDirectories(directory.resolve(option)));
            var ended = run.with("SHELLOPTS", option).run("true");
            assertThat(ended.exitCode()).as(option).isZero();
            var skipped = Set.of("noexec", "onecmd").contains(option) && run.shellSays("[ -n \"$BASH_VERSION\" ]");
            assertThat(outcome(ended)).as(option).isEqualTo(skipped ? Reason.EntryNotRunnable : Reason.Succeeded);
        }
    }

    private static Reason outcome(EntryRun.Ended ended) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName(WorkerPod.CONTAINER)
                .withNewState()
                .withNewTerminated()
                .withExitCode(ended.exitCode())
                .withMessage(ended.message())
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        var allocation = new Allocation(
                "w", "x86_64", Mode.Native, 1, new Quantity("1"), new Quantity("1Gi"), new Quantity("1Gi"));
        var observed = new AttemptObserver(Clock.systemUTC()).observe(pod, allocation);
        return ((Observation.Ended) observed).outcome();
    }

    /** Small disks of its own for all that the build and its entry write, but for the report, as in a pod. */
    private EntryRun.Started run(String shell, int deadline, String command) throws IOException {
        var cgroup = Files.createDirectories(directory.resolve("cgroup"));
        Files.writeString(cgroup.resolve("memory.stat"), "anon " + MEMORY + "\nshmem 0\n");
        var scratch = Files.createDirectories(directory.resolve("scratch"));
        var state = Files.createDirectories(directory.resolve("state"));
        var small = "mount -t tmpfs -o size=1m none ";
        return new EntryRun(shell, directory)
                .contained(small + scratch + " && " + small + state)
                .set("--deadline", deadline)
                .set("--grace", 1)
                .set("--scratch", scratch)
                .set("--state", state)
                .with("TMPDIR", scratch)
                .with("STATE", state)
                .start("sh", "-c", command);
    }
}

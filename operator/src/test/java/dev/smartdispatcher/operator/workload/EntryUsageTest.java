package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the script measures, from cgroup files as kernels write them and from real processes. */
@Timeout(300)
class EntryUsageTest {
    /** Uses CPU until it has used a second of it, in ticks of a hundredth (proc(5)). */
    private static final String A_SECOND_OF_CPU = """
        while read -r stat </proc/$$/stat && set -- ${stat##*) } && [ $((${12} + ${13})) -lt 100 ]; do
            i=0
            while [ $i -lt 10000 ]; do i=$((i+1)); done
        done
        """;

    @TempDir
    private Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cgroupVersion1(String shell) throws Exception {
        var json = looked(1, pause -> {
            cgroup(
                    "memory/memory.stat",
                    "cache 999\nrss 1\nshmem 2\ntotal_cache 5000\ntotal_rss 3000\ntotal_shmem 400\n");
            cgroup("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
            cgroup("memory/memory.max_usage_in_bytes", "5000\n");
            cgroup("memory/memory.limit_in_bytes", "9223372036854771712\n");
            cgroup("cpuacct/cpuacct.usage", "1000000000\n");
            return new EntryRun(shell, directory)
                    .run("sh", "-c", pause + "cd cgroup; echo 8600000000 > cpuacct/cpuacct.usage; exit 1");
        });
        assertThat(json.get("memoryPeakBytes").longValue()).isEqualTo(3400);
        assertThat(json.get("memoryBoundBytes").longValue()).isEqualTo(5000);
        assertThat(json.get("oomKills").intValue()).isZero();
        assertThat(json.get("cpuSeconds").longValue()).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cgroupVersion2(String shell) throws Exception {
        var json = looked(1, pause -> {
            cgroup("memory.stat", "anon 7000000000\nfile 5\nshmem 1000\nfile_mapped 6\n");
            cgroup("memory.events", "low 0\nhigh 0\nmax 4\noom 1\noom_kill 0\noom_group_kill 0\n");
            cgroup("memory.peak", "7500000000\n");
            cgroup("memory.max", "max\n");
            cgroup("cpu.stat", "usage_usec 0\nuser_usec 0\n");
            return new EntryRun(shell, directory)
                    .run("sh", "-c", pause + "echo 'usage_usec 2500000' > cgroup/cpu.stat");
        });
        assertThat(json.get("memoryPeakBytes").longValue()).isEqualTo(7_000_001_000L);
        assertThat(json.get("memoryBoundBytes").longValue()).isEqualTo(7_500_000_000L);
        assertThat(json.get("oomKills").intValue()).isZero();
        assertThat(json.get("cpuSeconds").longValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void noCgroupAtAllIsUnknown(String shell) throws Exception {
        var json = new EntryRun(shell, directory).run("sh", "-c", "exit 2").json();
        assertThat(json.get("exitCode").intValue()).isEqualTo(2);
        assertThat(json.has("memoryPeakBytes")).isFalse();
        assertThat(json.has("memoryBoundBytes")).isFalse();
        assertThat(json.has("diskPeakBytes")).isFalse();
        assertThat(json.has("cpuSeconds")).isFalse();
        assertThat(json.get("oomKills").intValue()).isZero();
    }

    /** What was killed for memory needed its limit, however little of it was seen. */
    @ParameterizedTest
    @MethodSource("shells")
    void ofABuildThatWasKilledForMemoryTheLimitCounts(String shell) throws Exception {
        cgroup("memory/memory.stat", "total_rss 335872\ntotal_shmem 0\n");
        cgroup("memory/memory.oom_control", "under_oom 0\noom_kill 1\n");
        cgroup("memory/memory.limit_in_bytes", "314572800\n");
        cgroup("memory/memory.max_usage_in_bytes", "314540032\n");
        var json = new EntryRun(shell, directory)
                .run("sh", "-c", "printf 'under_oom 0\noom_kill 3\n' > cgroup/memory/memory.oom_control; exit 137")
                .json();
        assertThat(json.get("oomKills").intValue()).isEqualTo(2);
        assertThat(json.get("memoryPeakBytes").longValue()).isEqualTo(314_572_800);
    }

    /** Nothing is made up of a kill for memory when neither limit nor peak can be read. */
    @ParameterizedTest
    @MethodSource("shells")
    void ofAKillForMemoryWithoutKnownLimitNothingIsSaid(String shell) throws Exception {
        cgroup("memory.stat", "anon 335872\nshmem 0\n");
        cgroup("memory.events", "oom_kill 0\n");
        cgroup("memory.max", "max\n");
        var json = new EntryRun(shell, directory)
                .run("sh", "-c", "echo 'oom_kill 1' > cgroup/memory.events; exit 137")
                .json();
        assertThat(json.get("oomKills").intValue()).isEqualTo(1);
        assertThat(json.has("memoryPeakBytes")).isFalse();
    }

    /** Memory that was in use for three tenths of a second only, as the build of a small package has it. */
    @ParameterizedTest
    @MethodSource("shells")
    void whatIsInUseForAMomentIsSeen(String shell) throws Exception {
        cgroup("memory.stat", "anon 356352\nshmem 0\n");
        var json = new EntryRun(shell, directory)
                .run(
                        "sh",
                        "-c",
                        "echo 'anon 318767104' > m; mv m cgroup/memory.stat; sleep 0.3;"
                                + " echo 'anon 356352' > m; mv m cgroup/memory.stat")
                .json();
        assertThat(json.get("memoryPeakBytes").longValue()).isEqualTo(318_767_104);
    }

    /** The kernel counts page cache too, so it never knows less than was in use. */
    @ParameterizedTest
    @MethodSource("shells")
    void noSampleIsAboveTheKernelsPeak(String shell) throws Exception {
        cgroup("memory.stat", "anon 5000\nshmem 0\n");
        cgroup("memory.peak", "4096\n");
        var json = new EntryRun(shell, directory).run("sleep", "0.3").json();
        assertThat(json.get("memoryPeakBytes").longValue()).isEqualTo(4096);
    }

    /** A shell holds a text of 40 MB, and takes a second of CPU. */
    @ParameterizedTest
    @MethodSource("shells")
    void processesWhereTheNodeHasNoContainers(String shell) throws Exception {
        var json = looked(40_000_000, pause -> new EntryRun(shell, directory)
                .unset("--cgroup")
                .run(
                        "sh",
                        "-c",
                        "x=$(head -c 40000000 /dev/zero | tr '\\0' x); " + pause + A_SECOND_OF_CPU + "exit ${#x}0"));
        assertThat(json.get("memoryPeakBytes").longValue()).isBetween(40_000_000L, 1_000_000_000L);
        assertThat(json.get("cpuSeconds").longValue()).isBetween(1L, 60L);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void diskOfAllScratchDirectories(String shell) throws Exception {
        Files.createDirectories(directory.resolve("a"));
        Files.createDirectories(directory.resolve("b"));
        var json = new EntryRun(shell, directory)
                .set("--scratch", directory.resolve("a") + " " + directory.resolve("b") + " /no/such")
                .run("sh", "-c", "head -c 3000000 /dev/zero > a/x; head -c 2000000 /dev/zero > b/y")
                .json();
        assertThat(json.get("diskPeakBytes").longValue()).isBetween(5_000_000L, 5_200_000L);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theMessageIsSmallWhateverWentWrong(String shell) throws Exception {
        var target = directory.resolve("\"" + "x\\".repeat(100) + "é\t/" + "y".repeat(250) + "/1");
        var ended = new EntryRun(shell, directory)
                .set("--keep", directory.resolve("no"))
                .with("BUILD_RESULTS", target)
                .set("--results", target)
                .run("sh", "-c", "rm -rf \"$BUILD_RESULTS\"");
        assertThat(ended.message().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
        assertThat(ended.json().get("results").textValue()).isEqualTo("failed");
    }

    private interface Pausing {
        EntryRun.Ended run(String pause) throws IOException, InterruptedException;
    }

    /**
     * What the entry says of a command that pauses. Of that it tells what its monitor, which may be slow, has seen by then: the
     * pause is longer each time, until that is something.
     *
     * @param least memory that is something; bytes
     */
    private static JsonNode looked(long least, Pausing command) throws IOException, InterruptedException {
        var json = command.run("sleep 1.2; ").json();
        for (int seconds = 4; json.path("memoryPeakBytes").longValue() < least && seconds <= 64; seconds *= 4) {
            json = command.run("sleep " + seconds + "; ").json();
        }
        return json;
    }

    private void cgroup(String name, String content) throws IOException {
        var file = directory.resolve("cgroup").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}

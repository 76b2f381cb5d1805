package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the entry does so that a build's mode is real: the image's architecture, the machine that is seen, the number of processes. */
@Timeout(300)
class EntryModesTest {
    /** Of elf(5): EI_CLASS, EI_DATA, e_machine. */
    private static final Map<String, int[]> MACHINES = Map.of(
            "i586", new int[] {1, 1, 3},
            "armv7l", new int[] {1, 1, 40},
            "x86_64", new int[] {2, 1, 62},
            "aarch64", new int[] {2, 1, 183},
            "ppc64le", new int[] {2, 1, 21},
            "riscv64", new int[] {2, 1, 243},
            "ppc64", new int[] {2, 2, 21},
            "loongarch64", new int[] {2, 1, 258},
            "s390x", new int[] {2, 2, 22});

    private static final int RULES_OF_LINUX = 3;
    /** What uname says of a machine under the personality of a 32-bit one. */
    private static final Map<String, String> UNAME = Map.of("amd64", "i686", "aarch64", "armv8l");

    private static final String SHOW_ALL =
            "echo $OMP_NUM_THREADS $CMAKE_BUILD_PARALLEL_LEVEL $CARGO_BUILD_JOBS $GOMAXPROCS"
                    + " $RPM_BUILD_NCPUS $DEB_BUILD_OPTIONS";

    @TempDir
    private Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    static Stream<Arguments> headers() throws IOException {
        return shells().stream().flatMap(shell -> MACHINES.keySet().stream()
                .sorted()
                .flatMap(name ->
                        Stream.of(Arguments.of(shell, name, 0, 3), Arguments.of(shell, name, RULES_OF_LINUX, 2))));
    }

    /** The first 20 bytes of a program, and an end of line somewhere behind them. */
    private Path program(String architecture, int rules, int type) throws IOException {
        var machine = MACHINES.get(architecture);
        var header = new byte[64];
        header[0] = 0x7f;
        header[1] = 'E';
        header[2] = 'L';
        header[3] = 'F';
        header[4] = (byte) machine[0];
        header[5] = (byte) machine[1];
        header[6] = 1;
        header[7] = (byte) rules;
        int low = machine[1] == 1 ? 0 : 1;
        header[16 + low] = (byte) type;
        header[18 + low] = (byte) machine[2];
        header[19 - low] = (byte) (machine[2] >> 8);
        header[20 + 3 * low] = 1;
        header[50] = '\n';
        return Files.write(directory.resolve("program-" + architecture), header);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void anImageOfTheWrongArchitectureRunsNoCommand(String shell, String architecture, int rules, int type)
            throws Exception {
        var run = new EntryRun(shell, directory).set("--image-program", program(architecture, rules, type));
        assertThat(run.set("--image", architecture).run("sh", "-c", "exit 3").exitCode())
                .isEqualTo(3);
        var others = MACHINES.keySet().stream()
                .filter(other -> !other.equals(architecture))
                .sorted()
                .toList();
        var ended = run.set("--image", String.join(",", others)).run("touch", "ran");
        assertThat(ended.exitCode()).isEqualTo(126);
        assertThat(ended.json().get("notRun").textValue()).isEqualTo("WrongImageArchitecture");
        assertThat(ended.json().get("message").textValue())
                .isEqualTo("the image is for " + architecture + ", but the build needs one for " + others.get(0));
        assertThat(ended.log()).contains("smart-dispatcher: the image is for " + architecture);
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theShellOfThisMachineShowsItsArchitecture(String shell) throws Exception {
        var here = Map.of("amd64", "x86_64").getOrDefault(System.getProperty("os.arch"), System.getProperty("os.arch"));
        assertThat(new EntryRun(shell, directory)
                        .set("--image", here)
                        .run("true")
                        .exitCode())
                .isZero();
        var wrong = here.equals("s390x") ? "x86_64" : "s390x";
        assertThat(new EntryRun(shell, directory)
                        .set("--image", wrong)
                        .run("true")
                        .exitCode())
                .isEqualTo(126);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aProgramThatShowsNothingHoldsNothingUp(String shell) throws Exception {
        var text = Files.writeString(directory.resolve("text"), "no program\n");
        for (var program : List.of(text, directory.resolve("missing"))) {
            var run = new EntryRun(shell, directory).set("--image", "s390x").set("--image-program", program);
            assertThat(run.run("true").exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aBuildFor32BitsSeesSuchAMachine(String shell) throws Exception {
        var ended = new EntryRun(shell, directory).set("--personality", 32).run("uname", "-m");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.log().strip()).isEqualTo(UNAME.get(System.getProperty("os.arch")));
        // Its children do, too, and nothing else changes.
        var other = new EntryRun(shell, directory).run("sh", "-c", "uname -m");
        assertThat(other.log().strip()).isNotEqualTo(ended.log().strip());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void anImageThatCannotGiveThePersonalityRunsNo64BitBuild(String shell) throws Exception {
        // Busybox has linux32 in itself.
        var run = new EntryRun(shell, directory)
                .withOnly(List.of(
                        "sh", "env", "uname", "tee", "tail", "head", "mkfifo", "mkdir", "rm", "sed", "tr", "wc",
                        "sleep"));
        if (run.shellSays("PATH=/nowhere; command -v linux32")) {
            assertThat(run.set("--personality", 32).run("/bin/true").exitCode()).isZero();
            return;
        }
        var ended = run.set("--personality", 32).run("/bin/touch", "ran");
        assertThat(ended.exitCode()).isEqualTo(126);
        assertThat(ended.json().get("notRun").textValue()).isEqualTo("EntryNotRunnable");
        assertThat(ended.json().get("message").textValue())
                .startsWith("the build needs the personality of a 32-bit machine, which the image cannot give");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void allVariablesForTheNumberOfProcessesHaveTheSame(String shell) throws Exception {
        var run = new EntryRun(shell, directory).set("--jobs", 6);
        assertThat(run.run("sh", "-c", SHOW_ALL).log().strip()).isEqualTo("6 6 6 6 6 parallel=6");
        assertThat(run.run("nproc").log().strip()).isEqualTo("6");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aJobsOwnValuesWin(String shell) throws Exception {
        var run = new EntryRun(shell, directory)
                .set("--jobs", 6)
                .with("OMP_NUM_THREADS", "1")
                .with("GOMAXPROCS", "")
                .with("DEB_BUILD_OPTIONS", "nocheck");
        assertThat(run.run("sh", "-c", SHOW_ALL).log().strip()).isEqualTo("1 6 6 6 nocheck parallel=6");
        run.with("DEB_BUILD_OPTIONS", "parallel=2 nocheck");
        assertThat(run.run("sh", "-c", SHOW_ALL).log().strip()).isEqualTo("1 6 6 6 parallel=2 nocheck");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void withoutTheSettingNothingIsSaid(String shell) throws Exception {
        assertThat(new EntryRun(shell, directory)
                        .run("sh", "-c", SHOW_ALL)
                        .log()
                        .strip())
                .isEmpty();
    }
}

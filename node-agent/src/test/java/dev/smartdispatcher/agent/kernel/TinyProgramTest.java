package dev.smartdispatcher.agent.kernel;

import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.CHROOT;
import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.NEW_USER_NAMESPACE;
import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.YIELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smartdispatcher.arch.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TinyProgramTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void isASmallElfFileOfItsArchitecture(Architecture architecture) {
        byte[] file = new TinyProgram(architecture, NEW_USER_NAMESPACE, CHROOT).file();
        assertThat(file).hasSizeLessThan(250);
        assertThat(file).startsWith(ElfFormat.of(architecture).identity(ElfFormat.EXECUTABLE));
    }

    /** Where qemu-user is installed, it shows that the machine code of other machines is right. */
    @ParameterizedTest
    @EnumSource
    void runsUnderTheEmulatorOfItsArchitecture(Architecture architecture) throws Exception {
        Optional<Path> emulator = emulator(architecture);
        assumeTrue(emulator.isPresent(), "no qemu-user for " + architecture);
        assertThat(exitStatus(emulator.get(), new TinyProgram(architecture, YIELD)))
                .isEqualTo(42);
    }

    /** EINVAL, as a multi-threaded emulator may not; or success, or EPERM: but an answer of the call. */
    @ParameterizedTest
    @EnumSource
    void endsWithTheErrorOfItsLastCallUnderTheEmulator(Architecture architecture) throws Exception {
        Optional<Path> emulator = emulator(architecture);
        assumeTrue(emulator.isPresent(), "no qemu-user for " + architecture);
        assertThat(exitStatus(emulator.get(), new TinyProgram(architecture, YIELD, NEW_USER_NAMESPACE)))
                .isIn(42, 42 + 1, 42 + 22);
    }

    @ParameterizedTest
    @CsvSource({"42, 0", "43, 1", "80, 38"})
    void exitStatusIsTheErrorNumber(int status, int error) {
        assertThat(TinyProgram.errorNumber(status)).hasValue(error);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 41, 126, 127, 128 + 4, 128 + 31})
    void exitStatusOfAShellOrASignalIsNone(int status) {
        assertThat(TinyProgram.errorNumber(status)).isEmpty();
    }

    private int exitStatus(Path emulator, TinyProgram program) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("program"), program.file());
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return new ProcessBuilder(emulator.toString(), file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static Optional<Path> emulator(Architecture architecture) {
        String name =
                switch (architecture) {
                    case i586 -> "i386";
                    case armv7l, armv6l -> "arm";
                    default -> architecture.name();
                };
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(dir ->
                        Stream.of("qemu-" + name, "qemu-" + name + "-static").map(Path.of(dir)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

package dev.smartdispatcher.agent.kernel;

import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.CHROOT;
import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.NEW_USER_NAMESPACE;
import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.YIELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.smartdispatcher.arch.Architecture;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real kernel of whatever Linux machine the tests run on, as root or not. */
@EnabledOnOs(OS.LINUX)
class LinuxKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private Architecture own;

    @TempDir
    Path directory;

    @BeforeEach
    void knowOneself() {
        own = Architecture.ofMachine(kernel.machine()).orElseThrow();
    }

    @Test
    void machineIsTheArchitectureOfTheJvm() {
        assertThat(own)
                .isIn(Architecture.ofMachine(System.getProperty("os.arch")).orElseThrow());
    }

    @Test
    void runsProgramsOfItsOwn() throws IOException {
        assertThat(kernel.run(new TinyProgram(own, YIELD))).hasValue(0);
    }

    @Test
    void doesNotRunProgramsOfAMachineThatIsNobodysCompanion() throws IOException {
        Architecture foreign = own == Architecture.s390x ? Architecture.x86_64 : Architecture.s390x;
        assertThat(kernel.run(new TinyProgram(foreign, YIELD))).isEmpty();
    }

    @Test
    void answersTrialsWithSuccessOrARefusal() throws IOException {
        assertThat(kernel.run(new TinyProgram(own, CHROOT)).orElseThrow()).isIn(0, 1);
        assertThat(kernel.run(new TinyProgram(own, NEW_USER_NAMESPACE)).orElseThrow())
                .isIn(0, 1, 22, 28, 38);
    }

    @Test
    void leavesItsOwnPersonalityAsItWas() throws IOException {
        String before = kernel.machine();
        kernel.allowsPersonality32();
        assertThat(kernel.machine()).isEqualTo(before);
    }

    @Test
    void spaceIsThatOfTheFileSystem() throws IOException {
        FileStore store = Files.getFileStore(directory);
        Space space = kernel.space(directory);
        assertThat(space.capacity()).isEqualTo(store.getTotalSpace());
        assertThat(space.free()).isBetween(0L, space.capacity());
        assertThatIOException().isThrownBy(() -> kernel.space(directory.resolve("none")));
    }

    @Test
    void noDeviceGivesNoVirtualMachine() throws IOException {
        assertThat(kernel.givesVirtualMachine(directory.resolve("kvm"))).isFalse();
    }

    @Test
    void aFileThatIsNoDeviceIsAProblem() throws IOException {
        Path file = Files.createFile(directory.resolve("kvm"));
        assertThatIOException()
                .isThrownBy(() -> kernel.givesVirtualMachine(file))
                .withMessageContaining("gives no virtual machine");
    }
}

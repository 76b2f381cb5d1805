package dev.smartdispatcher.agent.probe.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.smartdispatcher.agent.kernel.FakeKernel;
import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.Target;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetProbesTest {
    private static final String ARM = "7f454c4601010100000000000000000002002800";

    @TempDir
    Path root;

    private HostPaths paths;

    @BeforeEach
    void machine() throws IOException {
        paths = new HostPaths(root);
        write("proc/sys/fs/binfmt_misc/status", "enabled");
    }

    @Test
    void theKernelsOwnStatementGoesBeforeUname() throws IOException {
        FakeKernel underLinux32 = new FakeKernel(Architecture.i586);
        assertThat(new Machine(paths, underLinux32).architecture()).isEqualTo(Architecture.i586);
        write("proc/sys/kernel/arch", "x86_64\n");
        assertThat(new Machine(paths, underLinux32).architecture()).isEqualTo(Architecture.x86_64);
    }

    @Test
    void anArchitectureThatTheApiDoesNotKnowIsAProblem() throws IOException {
        write("proc/sys/kernel/arch", "mips64\n");
        ArchitectureProbe probe = new ArchitectureProbe(new Machine(paths, new FakeKernel(Architecture.x86_64)));
        assertThatIOException().isThrownBy(probe::look).withMessageStartingWith("'mips64' is not an architecture");
    }

    @Test
    void compatIsWhatRuns() throws IOException {
        assertThat(compat(new FakeKernel(Architecture.x86_64, Architecture.i586)))
                .containsExactly(new Target("i586", Mode.Compat));
        assertThat(compat(new FakeKernel(Architecture.x86_64))).isEmpty();
        assertThat(compat(new FakeKernel(Architecture.aarch64, Architecture.armv7l)))
                .containsExactly(new Target("armv7l", Mode.Compat));
    }

    @Test
    void compatNeedsThePersonalityToo() throws IOException {
        FakeKernel kernel = new FakeKernel(Architecture.aarch64, Architecture.armv7l);
        kernel.personality32 = false;
        assertThat(compat(kernel)).isEmpty();
    }

    @Test
    void machinesWithoutACompanionTryNothing() throws IOException {
        FakeKernel kernel = new FakeKernel(Architecture.riscv64);
        assertThat(compat(kernel)).isEmpty();
        assertThat(kernel.ran).isEmpty();
    }

    @Test
    void aHandlerMakesACompanionEmulated() throws IOException {
        handler("whatever", "POCF", "/q");
        FakeKernel kernel = new FakeKernel(Architecture.aarch64, Architecture.armv7l);
        assertThat(compat(kernel)).isEmpty();
        assertThat(emulated(kernel))
                .containsExactly(new Target("armv7l", Mode.Emulated), new Target("armv6l", Mode.Emulated));
    }

    @Test
    void aHandlerOfTheHostsOwnIsNoEmulation() throws IOException {
        handler("arm", "F", "/q");
        assertThat(emulated(new FakeKernel(Architecture.armv7l))).doesNotContain(new Target("armv7l", Mode.Emulated));
    }

    @Test
    void aHandlerNeedsItsInterpreterUnlessItIsHeldOpen() throws IOException {
        FakeKernel kernel = new FakeKernel(Architecture.x86_64);
        handler("arm", "OC", "/usr/bin/qemu-arm-static");
        assertThat(emulated(kernel)).isEmpty();
        write("usr/bin/qemu-arm-static", "");
        assertThat(emulated(kernel))
                .containsExactly(new Target("armv7l", Mode.Emulated), new Target("armv6l", Mode.Emulated));
    }

    @Test
    void allHandlersMayBeSwitchedOff() throws IOException {
        handler("arm", "F", "/q");
        write("proc/sys/fs/binfmt_misc/status", "disabled");
        assertThat(emulated(new FakeKernel(Architecture.x86_64))).isEmpty();
    }

    private List<Target> compat(FakeKernel kernel) throws IOException {
        return targets(new CompatProbe(new Machine(paths, kernel), kernel, paths));
    }

    private List<Target> emulated(FakeKernel kernel) throws IOException {
        return targets(new EmulationProbe(new Machine(paths, kernel), paths));
    }

    private static List<Target> targets(Probe probe) throws IOException {
        FactsDraft draft = new FactsDraft();
        probe.look().addTo(draft);
        return draft.facts(Instant.EPOCH, null).targets();
    }

    private void handler(String name, String flags, String interpreter) throws IOException {
        write(
                "proc/sys/fs/binfmt_misc/" + name,
                "enabled\ninterpreter " + interpreter + "\nflags: " + flags + "\noffset 0\nmagic " + ARM
                        + "\nmask ffffffffffffff00fffffffffffffffffeffffff\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

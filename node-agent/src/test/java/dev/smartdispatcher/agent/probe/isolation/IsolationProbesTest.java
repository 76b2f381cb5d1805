package dev.smartdispatcher.agent.probe.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.smartdispatcher.agent.kernel.FakeKernel;
import dev.smartdispatcher.agent.kernel.TinyProgram.Call;
import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.probe.targets.Machine;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.arch.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationProbesTest {
    private static final int EIO = 5;

    private final FakeKernel kernel = new FakeKernel(Architecture.x86_64);

    @TempDir
    Path root;

    private HostPaths paths;
    private Trials trials;

    @BeforeEach
    void machine() throws IOException {
        paths = new HostPaths(root);
        trials = new Trials(new Machine(paths, kernel), kernel);
        write("proc/sys/user/max_user_namespaces", "1000\n");
    }

    @Test
    void containersAreEverywhere() throws IOException {
        assertThat(found(new ContainerProbe())).containsExactly(Isolation.Container);
    }

    @Test
    void userNamespaceThatCanBeEnteredAndUsed() throws IOException {
        assertThat(found(new UserNamespaceProbe(paths, trials))).containsExactly(Isolation.UserNamespace);
    }

    @Test
    void userNamespaceThatMayNotBeEntered() throws IOException {
        kernel.failing(FakeKernel.EPERM, Call.NEW_USER_NAMESPACE);
        assertThat(found(new UserNamespaceProbe(paths, trials))).isEmpty();
    }

    @Test
    void userNamespaceWithoutPrivilegesInside() throws IOException {
        kernel.failing(FakeKernel.EPERM, Call.NEW_USER_NAMESPACE, Call.NEW_UTS_NAMESPACE);
        assertThat(found(new UserNamespaceProbe(paths, trials))).isEmpty();
    }

    @Test
    void userNamespacesForbiddenByTheHostAreNotTried() throws IOException {
        write("proc/sys/user/max_user_namespaces", "0\n");
        assertThat(found(new UserNamespaceProbe(paths, trials))).isEmpty();
        Files.delete(root.resolve("proc/sys/user/max_user_namespaces"));
        assertThat(found(new UserNamespaceProbe(paths, trials))).isEmpty();
        assertThat(kernel.ran).isEmpty();
    }

    @Test
    void chrootWithThePrivilegeOrInAUserNamespace() throws IOException {
        assertThat(found(new ChrootProbe(trials))).containsExactly(Isolation.Chroot);
        kernel.failing(FakeKernel.EPERM, Call.CHROOT);
        assertThat(found(new ChrootProbe(trials))).containsExactly(Isolation.Chroot);
        kernel.failing(FakeKernel.EPERM, Call.NEW_USER_NAMESPACE, Call.CHROOT);
        assertThat(found(new ChrootProbe(trials))).isEmpty();
    }

    @Test
    void anErrorThatIsNoRefusalIsAProblem() {
        kernel.failing(EIO, Call.CHROOT);
        assertThatIOException()
                .isThrownBy(new ChrootProbe(trials)::look)
                .withMessage("The trial [CHROOT] failed with error number 5.");
    }

    @Test
    void aTrialThatCannotBeExecutedIsAProblem() {
        kernel.executingNothing();
        assertThatIOException()
                .isThrownBy(new ChrootProbe(trials)::look)
                .withMessage("The trial program [CHROOT] could not be executed.");
    }

    @Test
    void kvmIfItGivesAMachine() throws IOException {
        assertThat(found(new KvmProbe(paths, kernel))).isEmpty();
        kernel.kvm = true;
        assertThat(found(new KvmProbe(paths, kernel))).containsExactly(Isolation.KVM);
        kernel.kvmFailure = new IOException("/dev/kvm gives no virtual machine: [16] busy.");
        assertThatIOException().isThrownBy(new KvmProbe(paths, kernel)::look);
    }

    @Test
    void xenByItsFiles() throws IOException {
        assertThat(found(new XenProbe(paths))).isEmpty();
        write("sys/hypervisor/type", "xen\n");
        assertThat(found(new XenProbe(paths))).containsExactly(Isolation.XEN);
        write("sys/hypervisor/type", "z/VM\n");
        assertThat(found(new XenProbe(paths))).isEmpty();
        write("proc/xen/capabilities", "control_d\n");
        assertThat(found(new XenProbe(paths))).containsExactly(Isolation.XEN);
    }

    private static List<Isolation> found(Probe probe) throws IOException {
        FactsDraft draft = new FactsDraft();
        probe.look().addTo(draft);
        return draft.facts(Instant.EPOCH, null).isolation();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package dev.smartdispatcher.agent.probe.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.kernel.FakeKernel;
import dev.smartdispatcher.agent.kernel.Space;
import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.arch.Architecture;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskProbeTest {
    private final FakeKernel kernel = new FakeKernel(Architecture.x86_64);

    @TempDir
    Path root;

    @Test
    void asksForTheBuildPathOrTheNearestAboveIt() throws IOException {
        Files.createDirectories(root.resolve("var/lib"));
        look();
        assertThat(kernel.spaceOf).isEqualTo(root.resolve("var/lib"));
        Files.createDirectories(root.resolve("var/lib/kubelet"));
        look();
        assertThat(kernel.spaceOf).isEqualTo(root.resolve("var/lib/kubelet"));
    }

    @Test
    void aFileSystemWithoutALimitOfInodesTellsNone() throws IOException {
        kernel.space = new Space(3 << 20, 1 << 20, OptionalLong.empty());
        assertThat(look()).isEqualTo(new DiskFacts(new Quantity("3Mi"), new Quantity("1Mi"), null));
    }

    private DiskFacts look() throws IOException {
        FactsDraft draft = new FactsDraft();
        new DiskProbe(new HostPaths(root), "/var/lib/kubelet", kernel).look().addTo(draft);
        return draft.facts(Instant.EPOCH, null).disk();
    }
}

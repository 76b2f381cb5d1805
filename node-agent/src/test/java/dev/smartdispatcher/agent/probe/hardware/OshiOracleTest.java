package dev.smartdispatcher.agent.probe.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.arch.Quantities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;

/** On the machine that the tests run on, we find what OSHI finds. */
@EnabledOnOs(OS.LINUX)
class OshiOracleTest {
    private final HardwareAbstractionLayer oshi = new SystemInfo().getHardware();

    @Test
    void processor() throws IOException {
        var cpu = facts().cpu();
        assertThat(cpu.packages()).isEqualTo(oshi.getProcessor().getPhysicalPackageCount());
        assertThat(cpu.cores()).isEqualTo(oshi.getProcessor().getPhysicalProcessorCount());
        assertThat(cpu.threads()).isEqualTo(oshi.getProcessor().getLogicalProcessorCount());
        assertThat(cpu.vendor())
                .isEqualTo(oshi.getProcessor().getProcessorIdentifier().getVendor());
        assertThat(cpu.flags()).isNotEmpty().isSorted();
    }

    @Test
    void memory() throws IOException {
        var memory = facts().memory();
        assertThat(Quantities.bytes(memory.total())).isEqualTo(oshi.getMemory().getTotal());
        assertThat(Quantities.bytes(memory.swap()))
                .isEqualTo(oshi.getMemory().getVirtualMemory().getSwapTotal());
    }

    private static AgentFacts facts() throws IOException {
        HostPaths paths = new HostPaths(Path.of("/"));
        FactsDraft draft = new FactsDraft();
        new CpuProbe(paths).look().addTo(draft);
        new MemoryProbe(paths).look().addTo(draft);
        return draft.facts(Instant.EPOCH, null);
    }
}

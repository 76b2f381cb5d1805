package dev.smartdispatcher.agent.probe.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recorded machines do not show. */
class CpuProbeTest {
    @TempDir
    Path root;

    @Test
    void flagsOfABigLittleBoardAreThoseOfAllItsThreads() throws IOException {
        write("proc/cpuinfo", """
                processor	: 0
                Features	: half thumb neon vfpv3
                CPU implementer	: 0x41
                CPU part	: 0xc07

                processor	: 1
                Features	: half thumb neon vfpv3 idiva idivt vfpv4
                CPU implementer	: 0x41
                CPU part	: 0xc0f
                """);
        online("0-1");
        CpuFacts cpu = look();
        assertThat(cpu.flags()).containsExactly("half", "neon", "thumb", "vfpv3");
        assertThat(cpu.vendor()).isEqualTo("ARM");
        assertThat(cpu.model()).isEqualTo("part 0xc07");
        assertThat(cpu.bogoMips()).isNull();
    }

    @Test
    void anUnknownImplementerIsToldByItsNumber() throws IOException {
        write("proc/cpuinfo", "processor : 0\nCPU implementer : 0x99\n");
        online("0");
        assertThat(look().vendor()).isEqualTo("implementer 0x99");
    }

    @Test
    void mainframe() throws IOException {
        write("proc/cpuinfo", """
                vendor_id       : IBM/S390
                # processors    : 2
                bogomips per cpu: 24038.00
                max thread id   : 0
                features	: esan3 zarch stfle msa ldisp eimm dfp
                processor 0: version = 00,  identification = 089A78,  machine = 8561
                processor 1: version = 00,  identification = 089A78,  machine = 8561
                """);
        online("0-1");
        CpuFacts cpu = look();
        assertThat(cpu.vendor()).isEqualTo("IBM/S390");
        assertThat(cpu.bogoMips()).isEqualTo(24038);
        assertThat(cpu.flags()).contains("zarch", "dfp");
        assertThat(cpu.threads()).isEqualTo(2);
    }

    @Test
    void power() throws IOException {
        write("proc/cpuinfo", "processor : 0\ncpu : POWER9 (raw), altivec supported\nclock : 2300MHz\n");
        online("0");
        assertThat(look().model()).isEqualTo("POWER9 (raw), altivec supported");
    }

    @Test
    void twoSocketsWithThreadsSomeOfThemOffline() throws IOException {
        write("proc/cpuinfo", "processor : 0\n");
        online("0-3,6-7");
        for (int cpu : new int[] {0, 1, 2, 3, 6, 7}) {
            String topology = "sys/devices/system/cpu/cpu" + cpu + "/topology/";
            write(topology + "thread_siblings_list", (cpu / 2 * 2) + "-" + (cpu / 2 * 2 + 1) + "\n");
            write(topology + "core_siblings_list", cpu < 4 ? "0-3\n" : "6-7\n");
        }
        write("sys/devices/system/node/node0/cpulist", "0-3\n");
        write("sys/devices/system/node/node1/cpulist", "6-7\n");
        write("sys/devices/system/node/online", "0-1\n");
        CpuFacts cpu = look();
        assertThat(cpu.packages()).isEqualTo(2);
        assertThat(cpu.cores()).isEqualTo(3);
        assertThat(cpu.threads()).isEqualTo(6);
        assertThat(cpu.numaNodes()).isEqualTo(2);
    }

    @Test
    void withoutATopologyEachThreadIsACore() throws IOException {
        write("proc/cpuinfo", "processor : 0\n");
        online("0-3");
        CpuFacts cpu = look();
        assertThat(cpu.packages()).isEqualTo(1);
        assertThat(cpu.cores()).isEqualTo(4);
        assertThat(cpu.numaNodes()).isEqualTo(1);
    }

    @Test
    void noSysIsAProblem() throws IOException {
        write("proc/cpuinfo", "processor : 0\n");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(this::look);
    }

    private CpuFacts look() throws IOException {
        FactsDraft draft = new FactsDraft();
        new CpuProbe(new HostPaths(root)).look().addTo(draft);
        return draft.facts(Instant.EPOCH, null).cpu();
    }

    private void online(String list) throws IOException {
        write("sys/devices/system/cpu/online", list + "\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package dev.smartdispatcher.agent.probe.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.api.worker.facts.LoadFacts;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadProbeTest {
    @TempDir
    Path root;

    private LoadProbe probe;

    @BeforeEach
    void machine() throws IOException {
        Files.createDirectories(root.resolve("proc/pressure"));
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal: 4096 kB\nMemAvailable:   2048 kB\n");
        stat(1000, 5000);
        probe = new LoadProbe(new HostPaths(root));
    }

    @Test
    void cpuIsWhatWasUsedSinceTheLookBefore() throws IOException {
        assertThat(look().cpu()).isNull();
        stat(1300, 5700);
        assertThat(look().cpu()).isEqualTo(new Quantity("1200m")); // 30 % of 4 threads
        stat(1300, 6700);
        assertThat(look().cpu()).isEqualTo(new Quantity("0"));
    }

    @Test
    void countersThatGoBackAreNoLoad() throws IOException {
        look();
        stat(900, 4000);
        assertThat(look().cpu()).isEqualTo(new Quantity("0"));
    }

    @Test
    void waitingForIoIsIdleAndStealIsUsed() throws IOException {
        CpuTimes before = CpuTimes.parse(List.of("cpu  0 0 0 0 0 0 0 0 0 0", "cpu0 0 0 0 0 0 0 0 0 0 0"));
        CpuTimes now = CpuTimes.parse(List.of("cpu  5 5 5 20 60 0 0 5 5 5", "cpu0 5 5 5 20 60 0 0 5 5 5"));
        assertThat(now.usedMillisSince(before)).isEqualTo(200);
    }

    @Test
    void memoryIsWhatIsAvailable() throws IOException {
        assertThat(look().memoryAvailable()).isEqualTo(new Quantity("2Mi"));
    }

    @Test
    void pressureIsTheMinutesAverageInWholePercents() throws IOException {
        pressure(
                "cpu",
                "some avg10=1.00 avg60=3.49 avg300=2.00 total=1\nfull avg10=0.00 avg60=9.00 avg300=0.00 total=0\n");
        pressure("memory", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
        pressure("io", "some avg10=0.00 avg60=12.50 avg300=0.00 total=0\n");
        assertThat(look().pressure()).isEqualTo(new LoadFacts.Pressure(3, 0, 13));
    }

    @Test
    void pressureIsAbsentWhereTheKernelHasNone() throws IOException {
        assertThat(look().pressure()).isNull();
    }

    @Test
    void aMeminfoWithoutAvailableMemoryIsAProblem() throws IOException {
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal: 4096 kB\n");
        assertThatIOException().isThrownBy(probe::look).withMessage("/proc/meminfo has no MemAvailable.");
    }

    private LoadFacts look() throws IOException {
        FactsDraft draft = new FactsDraft();
        probe.look().addTo(draft);
        return draft.facts(Instant.EPOCH, null).load();
    }

    private void stat(long user, long idle) throws IOException {
        StringBuilder text = new StringBuilder("cpu  " + user + " 0 0 " + idle + " 0 0 0 0 0 0\n");
        for (int cpu = 0; cpu < 4; cpu++) {
            text.append("cpu" + cpu + " " + user / 4 + " 0 0 " + idle / 4 + " 0 0 0 0 0 0\n");
        }
        Files.writeString(root.resolve("proc/stat"), text.append("intr 1 2 3\n"));
    }

    private void pressure(String resource, String text) throws IOException {
        Files.writeString(root.resolve("proc/pressure").resolve(resource), text);
    }
}

package dev.smartdispatcher.agent.probe.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.probe.HostPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpeedTest {
    @TempDir
    Path root;

    @Test
    void theSpeedIsMeasuredAndNothingStaysBehind() throws IOException {
        var builds = Files.createDirectories(root.resolve("builds"));
        assertThat(DiskSpeed.of(new HostPaths(root), "/builds").mibPerSecond().getAsInt())
                .isPositive();
        assertThat(builds).isEmptyDirectory();
    }

    @Test
    void whereNothingTellsWhetherItSpinsItDoesNot() {
        assertThat(DiskSpeed.of(new HostPaths(root), "/").spinning()).isFalse();
    }
}

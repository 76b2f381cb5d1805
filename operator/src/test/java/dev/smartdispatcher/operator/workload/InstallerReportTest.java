package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the installer says when it cannot install: the entry takes 1,280 bytes of it. */
@Timeout(60)
class InstallerReportTest {
    private static final Path SCRIPT = Path.of("src/main/resources/dev/smartdispatcher/operator/workload/install.sh");

    @TempDir
    private Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aLongProblemIsStillOne(String shell) throws Exception {
        var report = directory.resolve("report");
        var line = new ArrayList<>(List.of(shell.split(" ")));
        line.addAll(List.of(SCRIPT.toAbsolutePath().toString(), "--report", report.toString(), "--root", "/"));
        line.addAll(List.of("--installer", "\"\\".repeat(1000), "--", "true"));
        var installer = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(installer.waitFor()).isEqualTo(123);
        assertThat(Files.size(report)).isLessThanOrEqualTo(1280);
        assertThat(new ObjectMapper().readTree(report.toFile()).get("problem").textValue())
                .startsWith("--installer is \"\"\\\"\\");
    }
}

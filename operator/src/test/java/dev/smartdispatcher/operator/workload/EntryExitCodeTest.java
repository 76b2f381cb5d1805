package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The entry ends with the command's exit code, whatever the shell says of other children meanwhile. */
class EntryExitCodeTest {
    @TempDir
    private Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    /** 145 is a shell's own number for the end of a child. */
    @ParameterizedTest
    @MethodSource("shells")
    void anyExitCodeIsTheCommands(String shell) throws Exception {
        for (var code : List.of(127, 145, 255)) {
            var ended = new EntryRun(shell, directory).run("sh", "-c", "exit " + code);
            assertThat(ended.exitCode()).isEqualTo(code);
        }
    }

    /** As many children may have ended beside the command. */
    @ParameterizedTest
    @MethodSource("shells")
    void theEndsOfOtherChildrenAreNotTakenForTheCommands(String shell) throws Exception {
        for (int times = 1; times < 5; times++) {
            var ended =
                    new EntryRun(shell, directory).withEarlyEndsOfWait(times).run("sh", "-c", "exit 5");
            assertThat(ended.exitCode()).as(times + " times").isEqualTo(5);
        }
    }
}

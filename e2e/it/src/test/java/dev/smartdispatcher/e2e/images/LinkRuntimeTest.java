package dev.smartdispatcher.e2e.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.command.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no runtime can be made, one line says why and what to do. */
class LinkRuntimeTest {
    @Test
    void aJdkWithoutModulesIsRefusedInOneLine(@TempDir Path jdk, @TempDir Path work) {
        var ended = run(jdk, work.resolve("root"), "scratch");
        assertThat(ended.status()).isOne();
        assertThat(ended.errors().lines())
                .singleElement()
                .asString()
                .contains("the JDK in " + jdk + " has no jmods directory")
                .contains("-Djib.from.image=IMAGE");
    }

    @Test
    void aBaseImageNeedsNothing(@TempDir Path jdk, @TempDir Path work) {
        run(jdk, work.resolve("root"), "example.com/java:17").succeeded();
        assertThat(work.resolve("root")).isEmptyDirectory();
    }

    @Test
    void whatWasThereIsReplaced(@TempDir Path jdk, @TempDir Path work) throws Exception {
        Files.createFile(Files.createDirectory(work.resolve("root")).resolve("old"));
        run(jdk, work.resolve("root"), "example.com/java:17").succeeded();
        assertThat(work.resolve("root")).isEmptyDirectory();
    }

    private static Command run(Path jdk, Path root, String base) {
        return Command.run(
                Map.of("JAVA_HOME", jdk.toString()),
                List.of(SourceTree.file("images/link-runtime").toString(), root.toString(), base));
    }
}

package dev.smartdispatcher.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPathsTest {
    @TempDir
    Path root;

    private HostPaths paths;

    @BeforeEach
    void host() throws IOException {
        paths = new HostPaths(root);
        Files.createDirectories(root.resolve("var/lib"));
        Files.writeString(root.resolve("var/model"), "Board\0");
    }

    @Test
    void pathsOfTheHostAreUnderTheRoot() {
        assertThat(paths.path("/proc/stat")).isEqualTo(root.resolve("proc/stat"));
        assertThat(new HostPaths(Path.of("/")).path("/proc/stat")).isEqualTo(Path.of("/proc/stat"));
    }

    @Test
    void nearestExistingGoesUpToTheRootAndNoFurther() {
        assertThat(paths.nearestExisting("/var/lib/kubelet/pods")).isEqualTo(root.resolve("var/lib"));
        assertThat(paths.nearestExisting("/srv/builds")).isEqualTo(root);
        assertThat(new HostPaths(root.resolve("none")).nearestExisting("/srv")).isEqualTo(root.resolve("none"));
    }

    @Test
    void aLinkToWhatIsNotMountedExists() throws IOException {
        Files.createSymbolicLink(root.resolve("var/link"), Path.of("/not/mounted/here"));
        assertThat(paths.exists("/var/link")).isTrue();
        assertThat(paths.exists("/var/other")).isFalse();
    }

    @Test
    void textHasNoZeroBytes() throws IOException {
        assertThat(paths.text("/var/model")).isEqualTo("Board");
    }

    @Test
    void whatIsNotThere() throws IOException {
        assertThat(paths.textIfAny("/none")).isEmpty();
        assertThat(paths.names("/none")).isEmpty();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> paths.text("/none"));
    }

    @Test
    void namesAreSorted() throws IOException {
        assertThat(paths.names("/var")).containsExactly("lib", "model");
    }
}

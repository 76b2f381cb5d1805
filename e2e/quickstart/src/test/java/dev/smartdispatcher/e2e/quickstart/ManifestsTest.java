package dev.smartdispatcher.e2e.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
    @TempDir
    Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void documentsAreSortedSoThatNothingComesBeforeItsNeeds() throws IOException {
        file("a.yaml", "kind: BuildJob\nmetadata: {name: j}\n---\n---\nkind: BuildEnvironment\nmetadata: {name: e}\n");
        file("b.yml", "kind: BuildWorker\nmetadata: {name: w}\n");
        assertThat(Manifests.read(directory)).extracting(Manifest::name).containsExactly("w", "e", "j");
    }

    @Test
    void aDocumentKnowsItsLine() throws IOException {
        file(
                "a.yaml",
                "# first\nkind: BuildJob\nmetadata: {name: a}\n---\n# second\nkind: BuildJob\nmetadata: {name: b}\n");
        assertThat(Manifests.read(directory)).extracting(Manifest::line).containsExactly(2, 6);
    }

    @Test
    void brokenYamlIsToldWithFileAndLine() throws IOException {
        var file = file("broken.yaml", "kind: BuildJob\nmetadata:\n  name: [x\n");
        assertThatThrownBy(() -> Manifests.read(directory))
                .isInstanceOf(Manifests.BadManifest.class)
                .hasMessageMatching(java.util.regex.Pattern.quote(file.toString()) + ":[34]: .*");
    }

    @Test
    void whatDoesNotRunHereIsToldWithFileAndLine() throws IOException {
        var file = file("a.yaml", "kind: BuildJob\nmetadata: {name: j}\n---\nkind: Deployment\nmetadata: {name: d}\n");
        assertThatThrownBy(() -> Manifests.read(directory))
                .hasMessageStartingWith(file + ":4: kind Deployment is not one that runs here");
    }

    @Test
    void noManifestAndNoDirectoryAreToldApart() {
        assertThatThrownBy(() -> Manifests.read(directory)).hasMessageContaining("no manifests there");
        assertThatThrownBy(() -> Manifests.read(directory.resolve("none")))
                .hasMessageContaining("no such file or directory");
    }

    @Test
    void aNamelessObjectIsRefused() throws IOException {
        file("a.yaml", "kind: BuildJob\n");
        assertThatThrownBy(() -> Manifests.read(directory))
                .hasMessageContaining(":1: BuildJob: metadata.name is missing");
    }
}

package dev.smartdispatcher.agent.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    private static final String CONFIG = """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://%s"}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            users: [{name: u, user: {token: t}}]
            """;

    @TempDir
    Path home;

    @Test
    void theFileGivenIsReadElseKubeconfigElseHome() throws Exception {
        var given = write("given", "given.test");
        var variable = write("variable", "variable.test");
        Files.createDirectories(home.resolve(".kube"));
        write(".kube/config", "home.test");
        var environment = Map.of("KUBECONFIG", home.resolve("none") + ":" + variable);
        assertThat(Kubeconfig.read(given, null, environment, home).getMasterUrl())
                .contains("given.test");
        assertThat(Kubeconfig.read(null, null, environment, home).getMasterUrl())
                .contains("variable.test");
        assertThat(Kubeconfig.read(null, null, Map.of(), home).getMasterUrl()).contains("home.test");
    }

    @Test
    void whereThereIsNoneTheWayWithoutIsNamed() {
        assertThatThrownBy(() -> Kubeconfig.read(null, null, Map.of(), home))
                .isInstanceOf(AdviseException.class)
                .hasMessageContaining("there is no kubeconfig")
                .hasMessageContaining("kubectl apply -f -");
        assertThatThrownBy(() -> Kubeconfig.read(home.resolve("none"), null, Map.of(), home))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void whatIsNoKubeconfigIsRefused() throws IOException {
        var file = Files.writeString(home.resolve("bad"), "[");
        assertThatThrownBy(() -> Kubeconfig.read(file, null, Map.of(), home))
                .isInstanceOf(AdviseException.class)
                .hasMessageContaining(file.toString());
    }

    private Path write(String name, String server) throws IOException {
        return Files.writeString(home.resolve(name), CONFIG.formatted(server));
    }
}

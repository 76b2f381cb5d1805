package dev.smartdispatcher.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Helm itself says about the chart. */
class ChartLintTest {
    private final Chart chart = Chart.shipped();

    @Test
    void strictLintPasses() {
        var result = new Helm(chart.directory()).lint().strict().call();
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void strictLintNamesThePathOfAnUnknownValue(@TempDir Path copy) throws IOException {
        FileUtils.copyDirectory(chart.directory().toFile(), copy.toFile());
        var values = copy.resolve("values.yaml");
        Files.writeString(values, Files.readString(values).replace("  replicas: 2", "  replica: 2"));
        var result = new Helm(copy).lint().strict().call();
        assertThat(result.isFailed()).isTrue();
        assertThat(result.getMessages().toString()).contains("/operator").contains("replica");
    }

    @Test
    void aKubernetesThatIsTooOldIsRefusedByVersion() {
        var template = new Helm(chart.directory()).template().withKubeVersion("1.31.9");
        assertThatThrownBy(template::call)
                .hasMessageContaining("requires kubeVersion: >=1.32.0-0")
                .hasMessageContaining("v1.31.9");
    }

    @Test
    void aVendorsKubernetesIsNotTooOld() {
        var rendered = new Helm(chart.directory())
                .template()
                .withKubeVersion("1.32.1-gke.7")
                .call();
        assertThat(rendered).contains("kind: Deployment");
    }

    @Test
    void theVersionIsTheProjects() throws IOException {
        var about = new YAMLMapper()
                .readTree(chart.directory().resolve("Chart.yaml").toFile());
        assertThat(about.get("version").textValue()).isEqualTo(ProjectVersion.read());
        assertThat(about.get("appVersion").textValue()).isEqualTo(ProjectVersion.read());
    }
}

package dev.smartdispatcher.e2e.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Target;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.chart.Chart;
import dev.smartdispatcher.e2e.command.Command;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mvn -Pimages verify}: the images that were just built are what they should be, and run without a container engine. */
class ImagesIT {
    private static final long MEBIBYTES_AT_MOST = 80;

    @ParameterizedTest
    @CsvSource({"operator, 65530:65530", "node-agent, 65531:65531"})
    void isSmallAndOfAnOrdinaryUserOfItsOwn(String module, String user) throws Exception {
        var image = Image.of(module);
        assertThat(Files.size(image.file()) >> 20).isLessThanOrEqualTo(MEBIBYTES_AT_MOST);
        assertThat(image.configuration().path("User").textValue()).isEqualTo(user);
        assertThat(image.configuration().path("Env").toString()).contains("\"LOG_FORMAT=json\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "node-agent"})
    void isTheImageThatTheChartAsksFor(String module) {
        assertThat(Chart.render().manifests().stream()
                        .flatMap(manifest -> manifest.content().findValuesAsText("image").stream()))
                .contains(Image.of(module).name());
    }

    @Test
    void theRuntimeIsOneLayerForBoth() {
        var operator = Image.of("operator").layers();
        assertThat(Image.of("node-agent").layers())
                .contains(operator.get(operator.size() - 1))
                .doesNotContain(operator.get(0));
    }

    @Test
    void theRuntimeIsTheSameEachTimeItIsMade(@TempDir Path again) {
        Command.run(
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        List.of(SourceTree.file("images/link-runtime").toString(), again.toString(), "scratch"))
                .succeeded();
        Command.run(List.of("diff", "-r", SourceTree.file("target/image-root").toString(), again.toString()))
                .succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "node-agent"})
    void tellsVersionAndOptions(String module) {
        var image = Image.of(module);
        var version = image.name().replaceFirst(".*:", "");
        assertThat(image.run(List.of(), "--version").succeeded().strip()).endsWith(module + " " + version);
        assertThat(image.run(List.of(), "--help").succeeded()).contains("--health-port");
    }

    /** With the port of its health taken: it gets as far as that without a cluster. */
    @ParameterizedTest
    @ValueSource(strings = {"operator", "node-agent"})
    void logsJsonAlsoWhenItCannotStart(String module) throws Exception {
        try (var taken = new ServerSocket(0)) {
            var port = taken.getLocalPort();
            var ended = Image.of(module)
                    .run(List.of(
                            "--env",
                            "HEALTH_PORT=" + port,
                            "--env",
                            "AGENT_HEALTH_PORT=" + port,
                            "--env",
                            "NODE_NAME=node",
                            "--env",
                            "KUBERNETES_MASTER=http://127.0.0.1:1"));
            assertThat(ended.status()).isOne();
            assertThat(ended.errors().lines()).isNotEmpty().allSatisfy(line -> assertThat(
                            new JsonMapper().readTree(line).path("level").textValue())
                    .isNotEmpty());
            assertThat(ended.errors()).contains("\"level\":\"ERROR\"");
        }
    }

    /** System calls by JNA, trial programs of its own: each needs more of an image than Java does. */
    @Test
    void theAgentFindsOutWhatTheMachineCanDo() {
        var found = Image.of("node-agent").run(List.of("--host", "--env", "AGENT_HOST_ROOT=/host"), "--once");
        var facts = Serialization.unmarshal(found.succeeded(), AgentFacts.class);
        assertThat(facts.problems()).isNullOrEmpty();
        assertThat(facts.targets()).extracting(Target::mode).contains(Mode.Native);
        assertThat(facts.disk().capacity()).isNotNull();
    }
}

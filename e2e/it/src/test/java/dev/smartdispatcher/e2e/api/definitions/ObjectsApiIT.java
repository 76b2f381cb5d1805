package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Resource;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.RawApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users write is taken to the letter, and a slip of theirs is told. */
@ApiTier
class ObjectsApiIT {
    private static final Path EXAMPLES = SourceTree.file("examples");
    private static final String TRIED = "?dryRun=All";
    private static final String STRICT = TRIED + "&fieldValidation=Strict";

    private final RawApi api;

    ObjectsApiIT(KubernetesClient client) {
        api = new RawApi(client);
    }

    static List<Definition> definitions() {
        return Definition.shipped();
    }

    static Stream<JsonNode> examples() throws IOException {
        try (var files = Files.walk(EXAMPLES)) {
            var texts = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ObjectsApiIT::read)
                    .toList();
            return Stream.concat(texts.stream(), Stream.of(Resource.text("/api/by-example.yaml")))
                    .flatMap(ObjectsApiIT::documents)
                    .filter(document -> document.path("apiVersion").asText().startsWith("smartdispatcher.dev/"));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreAcceptedToTheLetter(JsonNode example) {
        var definition = Definition.of(example.path("kind").asText());
        var answer = api.post(definition.path() + STRICT, example);
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        assertThat(answer.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void anUnknownFieldIsRefusedOrPruned(Definition definition) {
        var sample = Sample.of(definition).object();
        // A BuildProfile has no spec.
        boolean hasSpec = sample.has("spec");
        var field = hasSpec ? "spec.surprise" : "surprise";
        (hasSpec ? (ObjectNode) sample.path("spec") : sample).put("surprise", 1);
        var strict = api.post(definition.path() + STRICT, sample);
        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.message()).contains("strict decoding error: unknown field \"" + field + "\"");

        var usual = api.post(definition.path() + TRIED, sample);
        assertThat(usual.code()).as(usual.message()).isEqualTo(201);
        assertThat(usual.warnings()).containsExactly("unknown field \"" + field + "\"");
        assertThat(usual.body().at("/" + field.replace('.', '/')).isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void aStatusIsNotCreatedWithTheObject(Definition definition) {
        var answer = api.post(definition.path() + STRICT, Sample.of(definition).object());
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        assertThat(answer.body().has("status")).isFalse();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> documents(String yaml) {
        return Stream.of(yaml.split("(?m)^---.*$"))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(document -> Serialization.unmarshal(document, JsonNode.class));
    }
}

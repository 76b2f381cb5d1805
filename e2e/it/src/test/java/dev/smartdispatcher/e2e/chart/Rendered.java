package dev.smartdispatcher.e2e.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The objects of a rendered chart, in Helm's order. */
public record Rendered(List<Manifest> manifests) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * One object.
     *
     * @param text as rendered, with comments
     * @param content the same, parsed
     */
    public record Manifest(String text, JsonNode content) {
        public String kind() {
            return content.path("kind").textValue();
        }

        public String name() {
            return content.path("metadata").path("name").textValue();
        }

        @Override
        public String toString() {
            return kind() + " " + name();
        }
    }

    static Rendered parse(String text) {
        return new Rendered(Arrays.stream(text.split("(?m)^---\n"))
                .filter(document -> !document.isBlank())
                .map(document -> new Manifest(document.stripTrailing() + "\n", read(document)))
                .toList());
    }

    public Stream<Manifest> ofKind(String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    public Manifest only(String kind, String name) {
        var found =
                ofKind(kind).filter(manifest -> manifest.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind + " " + name + " in " + manifests);
        }
        return found.get(0);
    }

    private static JsonNode read(String document) {
        try {
            return YAML.readTree(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not YAML:\n" + document, e);
        }
    }
}

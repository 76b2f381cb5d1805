package dev.smartdispatcher.e2e.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads manifests: every YAML file below a directory, in name order, then sorted so that nothing comes before its needs. */
final class Manifests {
    /** What others refer to comes first; jobs come last. */
    private static final List<String> ORDER = List.of(
            "Namespace",
            "PersistentVolumeClaim",
            "ConfigMap",
            "Secret",
            "DispatchPolicy",
            "BuildWorker",
            "BuildEnvironment",
            "WorkerCheck",
            "BuildJob");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Manifests() {}

    /**
     * The manifests below a directory or in a file.
     *
     * @throws BadManifest if a file cannot be read as YAML, or a document is no Kubernetes object that runs here
     */
    static List<Manifest> read(Path place) {
        if (!Files.exists(place)) {
            throw new BadManifest(place + ": no such file or directory");
        }
        try (var files = Files.walk(place)) {
            var found = new ArrayList<Manifest>();
            files.filter(f -> f.toString().matches(".*\\.(yaml|yml|json)") && Files.isRegularFile(f))
                    .sorted()
                    .forEach(f -> found.addAll(parse(f)));
            if (found.isEmpty()) {
                throw new BadManifest(place + ": no manifests there (*.yaml, *.yml, *.json)");
            }
            found.sort(Comparator.comparingInt(m -> ORDER.indexOf(m.kind())));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Manifest> parse(Path file) {
        var documents = new ArrayList<Manifest>();
        try (var parser = YAML.getFactory().createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NULL) {
                    continue;
                }
                int line = parser.currentTokenLocation().getLineNr();
                JsonNode content = YAML.readTree(parser);
                documents.add(checked(new Manifest(file.toString(), line, content)));
            }
            return documents;
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            throw new BadManifest(file + (location == null ? "" : ":" + location.getLineNr()) + ": "
                    + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new BadManifest(file + ": " + e.getMessage());
        }
    }

    private static Manifest checked(Manifest manifest) {
        var where = manifest.file() + ":" + manifest.line() + ": ";
        if (!manifest.content().isObject() || manifest.kind().isEmpty()) {
            throw new BadManifest(where + "not a Kubernetes object: kind is missing");
        }
        if (!ORDER.contains(manifest.kind())) {
            throw new BadManifest(
                    where + "kind " + manifest.kind() + " is not one that runs here: " + String.join(", ", ORDER));
        }
        if (manifest.name().isEmpty()) {
            throw new BadManifest(where + manifest.kind() + ": metadata.name is missing");
        }
        return manifest;
    }

    private static String firstLine(String text) {
        return text == null
                ? "not readable"
                : text.lines().findFirst().orElse("not readable").strip();
    }

    /** A manifest that cannot be used; the message names the file and the line. */
    static final class BadManifest extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadManifest(String message) {
            super(message);
        }
    }
}

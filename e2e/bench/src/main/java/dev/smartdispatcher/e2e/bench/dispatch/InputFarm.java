package dev.smartdispatcher.e2e.bench.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A farm from ordinary manifests: BuildWorkers with status.agent, BuildEnvironments and BuildJobs. */
final class InputFarm {
    private static final List<String> ORDER = List.of("BuildEnvironment", "BuildWorker", "BuildJob");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private InputFarm() {}

    /**
     * All that is below a directory.
     *
     * @throws BenchFailure if a file cannot be read, or there is no worker or no job
     */
    static Farm of(Path directory, Instant now) {
        var manifests = new ArrayList<JsonNode>();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(f -> f.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList()) {
                manifests.addAll(read(file));
            }
        } catch (IOException e) {
            throw new BenchFailure(directory + ": " + e.getMessage(), e);
        }
        manifests.sort(Comparator.comparingInt(m -> ORDER.indexOf(m.path("kind").asText())));
        var views = new Views(now);
        manifests.forEach(views::add);
        var farm = views.farm();
        if (farm.workers().isEmpty() || farm.jobs().isEmpty()) {
            throw new BenchFailure(directory + ": " + farm.workers().size() + " BuildWorkers and "
                    + farm.jobs().size() + " BuildJobs, at least one of each is needed");
        }
        return farm;
    }

    private static List<JsonNode> read(Path file) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        } catch (IOException e) {
            throw new BenchFailure(file + ": " + e.getMessage(), e);
        }
    }
}

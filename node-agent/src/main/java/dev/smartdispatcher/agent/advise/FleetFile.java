package dev.smartdispatcher.agent.advise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** BuildWorkers in a file, as {@code kubectl get bw -o yaml} or {@code -o json} prints them; also several documents. */
public final class FleetFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private FleetFile() {}

    /** Reads them. Throws {@link AdviseException} that names the file, and what in it is wrong. */
    public static List<BuildWorker> read(Path file) throws AdviseException {
        var workers = new ArrayList<BuildWorker>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
            while (documents.hasNext()) {
                var document = documents.next();
                if (document != null && document.path("items").isArray()) {
                    for (var item : document.get("items")) {
                        workers.add(worker(item, file, workers.size() + 1));
                    }
                } else if (document != null && !document.isNull() && !document.isMissingNode()) {
                    workers.add(worker(document, file, workers.size() + 1));
                }
            }
        } catch (NoSuchFileException e) {
            throw new AdviseException("there is no file " + file, e);
        } catch (JsonProcessingException e) {
            throw broken(file, e);
        } catch (IOException e) {
            throw new AdviseException("the fleet file " + file + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // As the iterator passes on what it cannot read.
            if (e.getCause() instanceof JsonProcessingException cause) {
                throw broken(file, cause);
            }
            throw e;
        }
        if (workers.isEmpty()) {
            throw new AdviseException("the fleet file " + file + " has no BuildWorkers");
        }
        return List.copyOf(workers);
    }

    private static BuildWorker worker(JsonNode node, Path file, int number) throws AdviseException {
        var where = "object " + number + " of the fleet file " + file;
        if (!node.path("kind").asText().equals("BuildWorker")) {
            throw new AdviseException(where + " is no BuildWorker"
                    + (node.hasNonNull("kind") ? " but a " + node.get("kind").asText() : ": it has no kind"));
        }
        if (node.at("/metadata/name").asText().isBlank()) {
            throw new AdviseException(where + " has no metadata.name");
        }
        try {
            return Serialization.jsonMapper().treeToValue(node, BuildWorker.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new AdviseException(
                    where + " (" + node.at("/metadata/name").asText() + ") cannot be read: " + firstLine(e), e);
        }
    }

    private static AdviseException broken(Path file, JsonProcessingException e) {
        var place = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
        return new AdviseException(
                "the fleet file " + file + place + ": "
                        + e.getOriginalMessage().lines().findFirst().orElse("no YAML"),
                e);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}

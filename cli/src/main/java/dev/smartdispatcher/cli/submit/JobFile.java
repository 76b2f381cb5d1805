package dev.smartdispatcher.cli.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.cli.input.InputException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The BuildJobs of a YAML or JSON file, which may have several documents, or a List. */
public final class JobFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern LINE = Pattern.compile("line ([0-9]{1,9})");
    /** Jobs of 256 KiB each, some hundred of them. */
    private static final int MOST_BYTES = 32 << 20;

    private JobFile() {}

    /** Of the file, or of standard input for {@code -}; at least one. */
    public static List<GenericKubernetesResource> read(String file) {
        try (var stream = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return jobs(file, stream);
        } catch (JsonProcessingException e) {
            throw notYaml(file, e);
        } catch (IOException e) {
            throw InputException.unreadable(file, e);
        }
    }

    private static List<GenericKubernetesResource> jobs(String file, InputStream stream) throws IOException {
        var text = stream.readNBytes(MOST_BYTES + 1);
        if (text.length > MOST_BYTES) {
            throw InputException.of(file, "is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        var jobs = new ArrayList<GenericKubernetesResource>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                add(file, documents.nextValue(), jobs);
            }
        }
        if (jobs.isEmpty()) {
            throw InputException.of(file, "has no BuildJob");
        }
        return jobs;
    }

    /** The parser tells its place twice, and shows the text with a mark: a user needs the line and what is wrong there. */
    private static InputException notYaml(String file, JsonProcessingException e) {
        var line = LINE.matcher(e.getOriginalMessage());
        var text = e.getOriginalMessage()
                .lines()
                .filter(part -> !part.isBlank() && !part.startsWith(" "))
                .collect(Collectors.joining(", "));
        return line.find()
                ? InputException.at(file, Integer.parseInt(line.group(1)), text)
                : InputException.of(file, text);
    }

    private static GenericKubernetesResource job(String file, JsonNode object) {
        try {
            return Serialization.jsonMapper().convertValue(object, GenericKubernetesResource.class);
        } catch (IllegalArgumentException e) {
            throw InputException.of(file, "metadata is not that of an object");
        }
    }

    private static void add(String file, JsonNode object, List<GenericKubernetesResource> jobs) throws IOException {
        if (object.isNull() || object.isMissingNode()) {
            return;
        }
        if (object.path("kind").asText().equals("List")) {
            for (var item : object.path("items")) {
                add(file, item, jobs);
            }
            return;
        }
        var kind = object.path("kind").asText();
        if (!kind.equals("BuildJob") || !object.path("apiVersion").asText().startsWith(ApiGroup.GROUP + "/")) {
            throw InputException.of(
                    file,
                    "kind '" + kind + "' of apiVersion '"
                            + object.path("apiVersion").asText() + "' is not a BuildJob of " + ApiGroup.GROUP
                            + ": use kubectl apply for other objects");
        }
        var job = job(file, object);
        if (job.getMetadata() == null
                || job.getMetadata().getName() == null && job.getMetadata().getGenerateName() == null) {
            throw InputException.of(file, "metadata.name is missing");
        }
        jobs.add(job);
    }
}

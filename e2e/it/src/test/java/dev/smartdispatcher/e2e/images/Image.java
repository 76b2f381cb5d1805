package dev.smartdispatcher.e2e.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.command.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** An image in a file, as {@code docker load} and {@code ctr images import} read it. */
record Image(Path file) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What {@code mvn -Pimages package} made of a module. */
    static Image of(String module) {
        return new Image(SourceTree.file(module + "/target/" + module + "-image.tar"));
    }

    /** How a container of it is run. */
    JsonNode configuration() {
        return read("config.json").path("config");
    }

    /** The name that it has after loading. */
    String name() {
        return read("manifest.json").at("/0/RepoTags/0").textValue();
    }

    /** Its layers, by digest, in order. */
    List<String> layers() {
        return StreamSupport.stream(read("manifest.json").at("/0/Layers").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    /** Runs it as the chart's pods do; {@code options} are those of {@code images/run}. */
    Command run(List<String> options, String... arguments) {
        var command = new ArrayList<>(List.of(SourceTree.file("images/run").toString()));
        command.addAll(options);
        command.add(file.toString());
        command.addAll(List.of(arguments));
        return Command.run(command);
    }

    private JsonNode read(String entry) {
        try {
            return JSON.readTree(
                    Command.run(List.of("tar", "-xOf", file.toString(), entry)).succeeded());
        } catch (JsonProcessingException e) {
            throw new AssertionError(entry + " of " + file + " is not JSON", e);
        }
    }
}

package dev.smartdispatcher.e2e.chart.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.smartdispatcher.e2e.chart.Chart;
import dev.smartdispatcher.e2e.chart.Rendered;
import dev.smartdispatcher.e2e.chart.Scenario;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/**
 * A program that the chart runs.
 *
 * @param title of its section in docs/options.md
 * @param values the key of its values in the chart
 * @param kind of the object that runs it
 * @param object the name of that object, without the release's
 * @param required options without which it refuses to run
 */
enum Program {
    OPERATOR("Operator", "operator", "Deployment", "operator", List.of(), dev.smartdispatcher.operator.app.Main::new),
    NODE_AGENT(
            "Node agent",
            "nodeAgent",
            "DaemonSet",
            "node-agent",
            List.of("--node-name=n"),
            dev.smartdispatcher.agent.Main::new);

    /** A scenario that sets every value that becomes a variable to something else than the chart does. */
    private static final Scenario OTHER = new Scenario("pods");

    final String title;
    final String values;
    final List<String> required;
    private final String kind;
    private final String object;
    private final Supplier<Object> main;

    Program(String title, String values, String kind, String object, List<String> required, Supplier<Object> main) {
        this.title = title;
        this.values = values;
        this.kind = kind;
        this.object = object;
        this.required = required;
        this.main = main;
    }

    CommandLine command() {
        return new CommandLine(main.get());
    }

    List<ProgramOption> options() {
        return ProgramOption.of(command());
    }

    /** The variables of its container, by their names, as the chart sets them by default. */
    Map<String, JsonNode> variables() {
        return variables(Chart.render());
    }

    /** The value of the chart, without the program's key, that this variable follows, if one does. */
    Optional<String> valueKey(String variable) throws IOException {
        var now = variables();
        if (!now.containsKey(variable)) {
            return Optional.empty();
        }
        var before = new YAMLMapper()
                .readTree(Chart.shipped().directory().resolve("values.yaml").toFile())
                .path(values);
        var after = new YAMLMapper().readTree(OTHER.values().toFile()).path(values);
        var was = now.get(variable).path("value").asText();
        var is = variables(OTHER.render()).get(variable).path("value").asText();
        return before.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !was.equals(is)
                        && before.path(key).asText().equals(was)
                        && after.path(key).asText().equals(is))
                .findAny();
    }

    /** What the schema says of a value of this program. */
    JsonNode schema(String value) throws IOException {
        return new ObjectMapper()
                .readTree(Chart.shipped()
                        .directory()
                        .resolve("values.schema.json")
                        .toFile())
                .at("/properties/" + values + "/properties/" + value);
    }

    private Map<String, JsonNode> variables(Rendered rendered) {
        var container = rendered.only(kind, Chart.RELEASE + "-smart-dispatcher-" + object)
                .content()
                .at("/spec/template/spec/containers/0");
        var found = new LinkedHashMap<String, JsonNode>();
        StreamSupport.stream(container.path("env").spliterator(), false)
                .forEach(variable -> found.put(variable.path("name").asText(), variable));
        return found;
    }
}

package dev.smartdispatcher.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that the chart makes by default, and what each scenario makes of it otherwise; {@code -Dgolden.update=true}
 * writes them anew. Of the rights only the bindings: the rest is as it is in its files, says {@link RightsTest}.
 */
class ChartGoldenTest {
    private static final String HINT = "mvn -pl e2e -am test -Dtest=ChartGoldenTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update=true writes it anew";

    @Test
    void byDefault() throws IOException {
        var all =
                manifests(Chart.render()).stream().map(Rendered.Manifest::text).collect(Collectors.joining("---\n"));
        compare(new Scenario("default"), all);
    }

    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void otherwise(Scenario scenario) throws IOException {
        var byDefault = manifests(Chart.render());
        var now = manifests(scenario.render());
        var missing = byDefault.stream()
                .filter(before ->
                        now.stream().noneMatch(after -> after.toString().equals(before.toString())))
                .map(before -> "# without " + before + "\n")
                .collect(Collectors.joining());
        var changed = now.stream()
                .filter(after ->
                        byDefault.stream().noneMatch(before -> before.text().equals(after.text())))
                .map(after -> "---\n" + after.text())
                .collect(Collectors.joining());
        compare(scenario, missing + changed);
    }

    @Test
    void everyValueIsSetInSomeScenario() throws IOException {
        var set = new TreeSet<String>();
        for (var scenario : Scenario.all()) {
            collect("", read(scenario.values()), set);
        }
        var declared = new TreeSet<String>();
        collect("", read(Chart.shipped().directory().resolve("values.yaml")), declared);
        assertThat(declared).isNotEmpty().allSatisfy(path -> assertThat(set)
                .as("a scenario sets " + path)
                .anyMatch(other -> other.equals(path) || other.startsWith(path + ".")));
    }

    private static List<Rendered.Manifest> manifests(Rendered rendered) {
        return rendered.manifests().stream()
                .filter(manifest -> !manifest.text().startsWith("# Source: smart-dispatcher/templates/rights/")
                        || manifest.kind().endsWith("RoleBinding"))
                .toList();
    }

    private static void compare(Scenario scenario, String rendered) throws IOException {
        // The version changes with each release, and is proved elsewhere.
        var text = rendered.replace(ProjectVersion.read(), "VERSION");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(scenario.golden(), text);
        }
        assertThat(scenario.golden()).as(HINT).exists().hasContent(text);
    }

    private static JsonNode read(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    /** The paths of what is no mapping, or an empty one. */
    private static void collect(String path, JsonNode node, Set<String> paths) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(e -> collect(path + "." + e.getKey(), e.getValue(), paths));
        } else {
            paths.add(path);
        }
    }
}

package dev.smartdispatcher.e2e.chart.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartdispatcher.e2e.chart.Scenario;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the chart's alerts and dashboard ask Prometheus. */
public record UsedMetrics(List<String> expressions) {
    private static final Pattern NAME = Pattern.compile("\\b[a-z]+(_[a-z]+)+\\b");

    /** What PromQL itself has in names of this shape. */
    private static final Set<String> FUNCTIONS = Set.of("histogram_quantile");

    public static UsedMetrics read() {
        var rendered = new Scenario("monitoring").render();
        var rule = rendered.ofKind("PrometheusRule").findFirst().orElseThrow().content();
        var config = rendered.ofKind("ConfigMap").findFirst().orElseThrow().content();
        try {
            var dashboard = new JsonMapper()
                    .readTree(config.path("data").path("smart-dispatcher.json").textValue());
            return new UsedMetrics(Stream.of(rule, dashboard)
                    .flatMap(tree -> tree.findValuesAsText("expr").stream())
                    .toList());
        } catch (JsonProcessingException e) {
            throw new AssertionError("the dashboard is not JSON", e);
        }
    }

    /** The names of the series. */
    public Set<String> names() {
        return expressions.stream()
                .map(expression -> expression.replaceAll("\\{[^}]*}|by \\([^)]*\\)", ""))
                .flatMap(expression -> NAME.matcher(expression).results())
                .map(MatchResult::group)
                .filter(name -> !FUNCTIONS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

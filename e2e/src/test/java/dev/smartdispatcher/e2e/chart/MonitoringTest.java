package dev.smartdispatcher.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard ask for metrics that there are. */
class MonitoringTest {
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(_[a-z]+)+\\b(?! *\\()");

    /** What PromQL itself has in names of this shape. */
    private static final Set<String> NO_METRICS = Set.of("histogram_quantile");

    private final Rendered rendered = new Scenario("monitoring").render();

    @Test
    void everyMetricIsDocumented() throws Exception {
        var documented = DocumentedMetrics.read();
        assertThat(used()).isNotEmpty().allSatisfy(metric -> assertThat(documented.has(metric))
                .as("docs/metrics.md names " + metric)
                .isTrue());
    }

    @Test
    void aMetricThatIsNotDocumentedWouldBeSeen() throws Exception {
        var documented = DocumentedMetrics.read();
        assertThat(List.of("smart_dispatcher_pass_seconds", "smart_dispatcher_jobs_waiting", "up_down"))
                .noneMatch(documented::has);
    }

    @Test
    void everyOwnMetricIsShownOrWatched() throws Exception {
        var used = used();
        assertThat(DocumentedMetrics.read().names())
                .filteredOn(name -> name.startsWith("smart_dispatcher"))
                .isNotEmpty()
                .allMatch(name -> used.stream().anyMatch(metric -> metric.startsWith(name)));
    }

    @Test
    void outcomesThatAreAskedForExist() throws Exception {
        var outcomes = expressions()
                .flatMap(expression -> Pattern.compile("outcome=\"([^\"]*)\"")
                        .matcher(expression)
                        .results())
                .map(match -> match.group(1))
                .toList();
        assertThat(outcomes).isNotEmpty().allSatisfy(dev.smartdispatcher.api.Reason::valueOf);
    }

    private Set<String> used() throws Exception {
        return expressions()
                .map(expression -> expression.replaceAll("\\{[^}]*}|by \\([^)]*\\)", ""))
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(MatchResult::group)
                .filter(name -> !NO_METRICS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> expressions() throws Exception {
        var rule = rendered.ofKind("PrometheusRule").findFirst().orElseThrow();
        var config = rendered.ofKind("ConfigMap").findFirst().orElseThrow();
        var dashboard = new JsonMapper()
                .readTree(config.content()
                        .at("/data")
                        .path("smart-dispatcher.json")
                        .textValue());
        return Stream.of(rule.content(), dashboard).flatMap(tree -> tree.findValuesAsText("expr").stream());
    }
}

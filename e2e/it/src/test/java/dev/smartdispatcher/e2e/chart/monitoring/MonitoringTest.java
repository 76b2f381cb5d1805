package dev.smartdispatcher.e2e.chart.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard ask for metrics that there are. */
class MonitoringTest {
    private final UsedMetrics monitoring = UsedMetrics.read();

    @Test
    void everyMetricIsDocumented() throws IOException {
        var documented = DocumentedMetrics.read();
        assertThat(monitoring.names()).isNotEmpty().allSatisfy(metric -> assertThat(documented.has(metric))
                .as("docs/metrics.md names " + metric)
                .isTrue());
    }

    @Test
    void aMetricThatIsNotDocumentedWouldBeSeen() throws IOException {
        var documented = DocumentedMetrics.read();
        assertThat(List.of("smart_dispatcher_pass_seconds", "smart_dispatcher_jobs_waiting", "up_down"))
                .noneMatch(documented::has);
    }

    @Test
    void everyOwnMetricIsShownOrWatched() throws IOException {
        var used = monitoring.names();
        assertThat(DocumentedMetrics.read().names())
                .filteredOn(name -> name.startsWith("smart_dispatcher"))
                .isNotEmpty()
                .allMatch(name -> used.stream().anyMatch(metric -> metric.startsWith(name)));
    }

    @Test
    void outcomesThatAreAskedForExist() throws IOException {
        var outcomes = monitoring.expressions().stream()
                .flatMap(expression -> Pattern.compile("outcome=\"([^\"]*)\"")
                        .matcher(expression)
                        .results())
                .map(match -> match.group(1))
                .toList();
        assertThat(outcomes).isNotEmpty().allSatisfy(Reason::valueOf);
    }
}

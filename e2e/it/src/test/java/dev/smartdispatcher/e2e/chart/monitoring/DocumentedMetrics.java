package dev.smartdispatcher.e2e.chart.monitoring;

import dev.smartdispatcher.e2e.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of docs/metrics.md: what a scrape of the operator contains, names with an asterisk as they are there. */
record DocumentedMetrics(Map<String, String> typeByName) {
    private static final Pattern NAME = Pattern.compile("`([a-z_*]+)(\\{[a-z,]*})?`");

    static DocumentedMetrics read() throws IOException {
        var types = new LinkedHashMap<String, String>();
        for (var line : Files.readAllLines(SourceTree.file("docs/metrics.md"))) {
            var cells = line.split("\\|");
            if (cells.length == 4) {
                NAME.matcher(cells[1]).results().forEach(match -> types.put(match.group(1), cells[2].strip()));
            }
        }
        return new DocumentedMetrics(types);
    }

    Set<String> names() {
        return typeByName.keySet();
    }

    /** Whether a scrape has a series of that name. */
    boolean has(String series) {
        return typeByName.entrySet().stream().anyMatch(metric -> series(metric.getKey(), metric.getValue())
                .anyMatch(name -> series.matches(name.replace("*", "[a-z_]+"))));
    }

    private static Stream<String> series(String name, String type) {
        return switch (type) {
            case "histogram" -> Stream.of("_bucket", "_count", "_sum", "_max").map(name::concat);
            case "summary" -> Stream.of("_count", "_sum", "_max").map(name::concat);
            default -> Stream.of(name);
        };
    }
}

package dev.smartdispatcher.e2e.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One way of installing the chart: a file of values in {@code src/test/resources/chart}, and beside it what it makes. */
public record Scenario(String name) {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "chart");
    private static final String SUFFIX = ".values.yaml";

    /** Those that there are, by name. */
    public static List<Scenario> all() {
        try (var files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .sorted()
                    .map(file -> new Scenario(file.substring(0, file.length() - SUFFIX.length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path values() {
        return DIRECTORY.resolve(name + SUFFIX);
    }

    Path golden() {
        return DIRECTORY.resolve(name + ".golden.yaml");
    }

    public Rendered render() {
        return Chart.render(values());
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.smartdispatcher.e2e.bench.stand;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Samples in Prometheus' text format. */
public record Metrics(List<Sample> samples) {
    private static final Pattern LINE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One value of a metric. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    public static Metrics parse(String text) {
        return new Metrics(
                text.lines().map(Metrics::sample).filter(Objects::nonNull).toList());
    }

    /** The sum of a metric's samples that have these labels, among others. */
    public double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(s -> s.name().equals(name) && s.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static Sample sample(String line) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            return null;
        }
        var labels = new HashMap<String, String>();
        if (match.group(2) != null) {
            var label = LABEL.matcher(match.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        return new Sample(match.group(1), labels, Double.parseDouble(match.group(3)));
    }
}

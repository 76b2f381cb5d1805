package dev.smartdispatcher.e2e.bench.stand;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One metric of a page in Prometheus' text format; the page of an API server has tens of thousands of lines of others. */
public record Metric(List<Sample> samples) {
    private static final Pattern LABELLED = Pattern.compile("\\{(.*)} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One value. */
    public record Sample(Map<String, String> labels, double value) {}

    /** The samples of this metric that have labels; values must be finite. */
    public static Metric find(String page, String name) {
        return new Metric(page.lines()
                .filter(line -> line.startsWith(name + "{"))
                .map(line -> LABELLED.matcher(line.substring(name.length())))
                .filter(Matcher::matches)
                .map(match -> new Sample(labels(match.group(1)), Double.parseDouble(match.group(2))))
                .toList());
    }

    /** The sum of those with this label. */
    public double sum(String label, String value) {
        return samples.stream()
                .filter(sample -> value.equals(sample.labels().get(label)))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        var label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }
}

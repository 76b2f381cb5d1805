package dev.smartdispatcher.e2e.bench.api;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The report for people. */
final class ApiTables {
    private static final List<String> PARTS = List.of("ours", "raw", "batch");

    private final ApiReport report;

    ApiTables(ApiReport report) {
        this.report = report;
    }

    void print(PrintStream out) {
        out.println();
        out.println(parts());
        out.println();
        out.println("CPU milliseconds a job, by process");
        out.println(compared(part -> scaled(part.cpuSeconds(), 1000.0 / part.jobs())));
        out.println();
        out.println("Requests to the API server for each job, by everybody");
        out.println(compared(Measured::requestsPerJob));
        out.println();
        out.println("Requests of the operator for each job (audited, all fit at once)");
        report.writesPerJob().forEach((what, count) -> out.printf("  %-32s %5.2f%n", what, count));
        report.conflictsPerJob().forEach((what, count) -> out.printf("  %-32s %5.2f  conflicts%n", what, count));
        report.readsPerJob().forEach((what, count) -> out.printf("  %-32s %5.2f%n", what, count));
        out.println();
        out.printf(
                "ours / raw writes %.2f, ours / batch Jobs %.2f; job to pod p50 %.0f ms, p99 %.0f ms; operator's heap %d MiB,"
                        + " at most %d MiB%n",
                report.ratio(),
                report.ratioToBatch(),
                report.p50Millis(),
                report.p99Millis(),
                report.heapMiB(),
                report.heapPeakMiB());
        out.flush();
    }

    private String parts() {
        return table(
                PARTS,
                List.of(
                        column("PART", part -> part),
                        number("JOBS", part -> Integer.toString(measured(part).jobs())),
                        number("SECONDS", part -> text(measured(part).seconds())),
                        number("JOBS/S", part -> text(measured(part).jobsPerSecond()))));
    }

    /** A row for each key, a column for each part. */
    private String compared(Function<Measured, Map<String, Double>> figures) {
        var keys = new TreeSet<String>();
        PARTS.forEach(part -> keys.addAll(figures.apply(measured(part)).keySet()));
        var columns = new ArrayList<Row>();
        columns.add(column("", key -> key));
        for (var part : PARTS) {
            var of = figures.apply(measured(part));
            columns.add(number(part, key -> of.containsKey(key) ? text(of.get(key)) : ""));
        }
        return table(keys, columns);
    }

    private Measured measured(String part) {
        return report.parts().get(part);
    }

    private static Map<String, Double> scaled(Map<String, Double> figures, double factor) {
        return figures.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, e -> e.getValue() * factor));
    }

    private static String text(double figure) {
        return "%.2f".formatted(figure);
    }

    private record Row(Column column, Function<String, String> content) {}

    private static Row column(String header, Function<String, String> content) {
        return new Row(
                new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT), content);
    }

    private static Row number(String header, Function<String, String> content) {
        return new Row(
                new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT),
                content);
    }

    private static String table(java.util.Collection<String> rows, List<Row> columns) {
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        rows,
                        columns.stream()
                                .map(row -> row.column().with(row.content()))
                                .toList())
                .asString();
    }
}

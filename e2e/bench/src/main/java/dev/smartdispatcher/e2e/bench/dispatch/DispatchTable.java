package dev.smartdispatcher.e2e.bench.dispatch;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.smartdispatcher.e2e.bench.dispatch.DispatchReport.Case;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/** The report for people. */
final class DispatchTable {
    private DispatchTable() {}

    static void print(DispatchReport report, PrintStream out) {
        out.println();
        out.println(AsciiTable.getTable(
                report.cases(),
                List.of(
                        column("KIND", Case::kind),
                        column("WORKERS", c -> Integer.toString(c.workers())),
                        column("JOBS", c -> Integer.toString(c.jobs())),
                        column("PLACED", c -> Integer.toString(c.placed())),
                        column("PLACED/S", c -> "%.0f".formatted(c.placementsPerSecond())),
                        column("PLACED/CPU s", c -> "%.0f".formatted(c.placed() / c.cpuSeconds())),
                        column("P99 ms", c -> "%.2f".formatted(c.p99Millis())),
                        column("IDLE ms", c -> "%.4f".formatted(c.idleCycleMillis())),
                        column("HEAP MiB", c -> "%.0f".formatted(c.heapMiB())),
                        column("RENEW ms", c -> phase(c, "renew")),
                        column("RESERVE ms", c -> phase(c, "reserve")),
                        column("PLACE ms", c -> phase(c, "place")),
                        column("EXPLAIN ms", c -> phase(c, "explain")))));
        out.println();
        report.doublings()
                .forEach(d -> out.printf(
                        "a placement with twice as many %-7s from %-12s to %-12s %.2f x%n",
                        d.of(), d.from(), d.to(), d.factor()));
        out.flush();
    }

    private static String phase(Case one, String phase) {
        return "%.0f".formatted(one.phaseMillis().getOrDefault(phase, 0.0));
    }

    private static ColumnData<Case> column(String header, Function<Case, String> value) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with(value);
    }
}

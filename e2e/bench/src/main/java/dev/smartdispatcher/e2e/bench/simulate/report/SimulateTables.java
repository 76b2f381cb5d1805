package dev.smartdispatcher.e2e.bench.simulate.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The report for people: medians over the seeds, and the targets. */
public final class SimulateTables {
    private final List<SeedReport> seeds;

    public SimulateTables(List<SeedReport> seeds) {
        this.seeds = seeds;
    }

    /** Prints both tables. */
    public void print(PrintStream out) {
        out.println("Medians of " + seeds.size() + " seeds, in seconds");
        out.println(AsciiTable.getTable(
                List.of(RuleName.values()),
                List.of(
                        new Column().header("RULE").with((RuleName rule) -> rule.name()),
                        median("MEAN", Measures::meanTurnaround),
                        median("P95", Measures::p95Turnaround),
                        median("WAVE 99%", Measures::wave99),
                        median("WAVE ALL", Measures::waveLast),
                        median("LONGEST WAIT", Measures::longestWait),
                        median("KILLS", Measures::kills),
                        number("UTILISATION", rule -> "%.3f".formatted(median(rule, Measures::utilisation))),
                        number("TENANT/SLOTS", rule -> "%.2f"
                                .formatted(median(rule, Measures::worstTenantP99WaitToSlots))))));
        out.println();
        out.println(AsciiTable.getTable(
                Target.ALL,
                List.of(
                        new Column().header("OURS").with((Target target) -> target.name()),
                        ratio("MEDIAN", t -> Target.median(t.ratios(seeds))),
                        ratio("AT MOST", Target::median),
                        ratio("WORST", t -> worst(t.ratios(seeds))),
                        ratio("AT MOST", Target::worst),
                        new Column().header("").with((Target target) -> target.holds(seeds) ? "ok" : "MISSED"))));
        out.flush();
    }

    private static double worst(double[] sorted) {
        return sorted[sorted.length - 1];
    }

    private ColumnData<RuleName> median(String header, ToDoubleFunction<Measures> measure) {
        return number(header, rule -> "%.0f".formatted(median(rule, measure)));
    }

    private double median(RuleName rule, ToDoubleFunction<Measures> measure) {
        return Target.median(seeds.stream()
                .mapToDouble(seed -> measure.applyAsDouble(seed.of(rule)))
                .sorted()
                .toArray());
    }

    private static ColumnData<RuleName> number(String header, Function<RuleName, String> text) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with(text);
    }

    private static ColumnData<Target> ratio(String header, ToDoubleFunction<Target> value) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with((Target target) -> {
            double ratio = value.applyAsDouble(target);
            return Double.isInfinite(ratio) ? "" : "%.3f".formatted(ratio);
        });
    }
}

package dev.smartdispatcher.e2e.bench.advise;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.bench.advise.host.Limits;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The report for people: every pair, and the targets. */
final class AdviseTables {
    private final List<Pair> pairs;

    AdviseTables(List<Pair> pairs) {
        this.pairs = pairs;
    }

    void print(PrintStream out) {
        out.println(AsciiTable.getTable(
                pairs,
                List.of(
                        text("HOST", Pair::host),
                        text("MIX", Pair::mix),
                        number("ADVISOR (s)", p -> "%.0f".formatted(p.advisor())),
                        number("/BEST", p -> "%.3f".formatted(p.toBest())),
                        number("/FORMULA", p -> "%.3f".formatted(p.toFormula())),
                        number("/FLATTERED", p -> "%.3f".formatted(p.toFlattered())),
                        number("/LUCKIEST", p -> "%.3f".formatted(p.toLuckiest())),
                        text("ADVISED", p -> words(p.advised())),
                        text("BEST", p -> words(p.choice())))));
        out.println("advisor / best: median %.3f, worst %.3f".formatted(median(Pair::toBest), worst(Pair::toBest)));
        out.println("advisor / luckiest: median %.3f, worst %.3f"
                .formatted(median(Pair::toLuckiest), worst(Pair::toLuckiest)));
        out.println("advisor / formula: median %.3f, better in %d of %d"
                .formatted(median(Pair::toFormula), better(Pair::toFormula), pairs.size()));
        out.println("advisor / flattered formula: median %.3f, better in %d of %d"
                .formatted(median(Pair::toFlattered), better(Pair::toFlattered), pairs.size()));
        out.flush();
    }

    double median(ToDoubleFunction<Pair> ratio) {
        return pairs.stream()
                .map(ratio::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get((pairs.size() - 1) / 2);
    }

    double worst(ToDoubleFunction<Pair> ratio) {
        return pairs.stream().mapToDouble(ratio).max().orElseThrow();
    }

    long better(ToDoubleFunction<Pair> ratio) {
        return pairs.stream().filter(p -> ratio.applyAsDouble(p) < 1).count();
    }

    private static String words(Limits limits) {
        var room = limits.budget();
        return room.jobs() + " jobs, " + Quantities.formatMillis(room.cpuMillis()) + ", "
                + Quantities.readBytes(room.memory()) + ", "
                + Quantities.readBytes((long) limits.memory().base())
                + "+" + Quantities.readBytes((long) limits.memory().perProcess()) + ", "
                + Quantities.readBytes(limits.disk());
    }

    private static ColumnData<Pair> text(String header, Function<Pair, String> text) {
        return new Column().header(header).dataAlign(HorizontalAlign.LEFT).with(text);
    }

    private static ColumnData<Pair> number(String header, Function<Pair, String> text) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with(text);
    }
}

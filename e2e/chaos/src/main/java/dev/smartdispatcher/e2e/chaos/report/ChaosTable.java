package dev.smartdispatcher.e2e.chaos.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.smartdispatcher.e2e.chaos.check.Verdict;
import dev.smartdispatcher.e2e.chaos.check.rule.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for people. */
public final class ChaosTable {
    private static final int MOST_VIOLATIONS = 20;

    private ChaosTable() {}

    /** A table, and below it what was violated. Each violation has the seed. */
    public static String of(ChaosReport report, Verdict verdict) {
        var rows = new ArrayList<String[]>();
        report.counts().forEach((what, count) -> rows.add(new String[] {what, Long.toString(count)}));
        report.requests()
                .forEach((fault, count) ->
                        rows.add(new String[] {"requests " + fault.toLowerCase(Locale.ROOT), Long.toString(count)}));
        report.pauses()
                .forEach((what, pause) -> rows.add(new String[] {
                    "pause after " + what,
                    String.format(
                            Locale.ROOT,
                            "%d, median %.1f s, longest %.1f s",
                            pause.count(),
                            pause.medianSeconds(),
                            pause.longestSeconds())
                }));
        rows.add(new String[] {"starts of operators", Integer.toString(report.operatorStarts())});
        rows.add(new String[] {"seconds until all jobs had ended", Long.toString(report.settleSeconds())});
        rows.add(new String[] {"entries of the history", Long.toString(report.entries())});
        rows.add(new String[] {"violations", Long.toString(report.violationsInAll())});
        return AsciiTable.getTable(rows, columns(report.seed())) + "\n" + violations(verdict, report.seed());
    }

    /** The first violations, a line each, with the seed. */
    public static String violations(Verdict verdict, long seed) {
        var lines = new StringBuilder();
        for (Violation violation :
                verdict.violations().stream().limit(MOST_VIOLATIONS).toList()) {
            lines.append("seed ").append(seed).append(": ").append(violation).append('\n');
        }
        return lines.toString();
    }

    private static List<com.github.freva.asciitable.ColumnData<String[]>> columns(long seed) {
        return List.of(
                new Column()
                        .header("seed " + seed)
                        .dataAlign(HorizontalAlign.LEFT)
                        .maxWidth(70)
                        .with(row -> row[0]),
                new Column()
                        .header("")
                        .dataAlign(HorizontalAlign.RIGHT)
                        .maxWidth(50)
                        .with(row -> row[1]));
    }
}

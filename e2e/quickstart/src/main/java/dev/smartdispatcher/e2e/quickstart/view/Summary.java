package dev.smartdispatcher.e2e.quickstart.view;

import dev.smartdispatcher.operator.view.JobText;
import java.io.PrintStream;
import java.nio.file.Path;

/** The end of a run for people: every job explained, everything shown, and whether it went as expected. */
public final class Summary {
    /** Columns of the tables: wider than most terminals, so that reasons stay readable. */
    private static final int WIDTH = 150;

    private final Report report;
    private final PrintStream out;

    public Summary(Report report, PrintStream out) {
        this.report = report;
        this.out = out;
    }

    public void print(Path file) {
        out.println();
        out.println(LiveScreen.Tables.workers(report.workers()));
        out.println();
        out.println(LiveScreen.Tables.jobs(
                report.jobs().stream().map(ReportedJob::view).toList(), report.workers(), WIDTH));
        out.println();
        for (var check : report.checks()) {
            out.println((check.holds() ? "  ok    " : "  FAIL  ") + check.what());
        }
        report.refused().forEach(r -> out.println("  refused  " + r));
        report.jobs().stream().filter(j -> !j.asExpected()).forEach(j -> out.println("  NOT AS EXPECTED  " + words(j)));
        long expected = report.jobs().stream().filter(ReportedJob::asExpected).count();
        out.printf(
                "%n%d of %d jobs ended as expected%s. Report: %s%n",
                expected,
                report.jobs().size(),
                report.checks().isEmpty()
                        ? ""
                        : ", "
                                + report.checks().stream()
                                        .filter(Report.Check::holds)
                                        .count() + " of " + report.checks().size() + " things shown were seen",
                file);
        out.flush();
    }

    private static String words(ReportedJob job) {
        var view = job.view();
        return view.label() + ": " + JobText.state(view) + (view.reason() == null ? "" : "/" + view.reason())
                + ", expected " + job.expected() + " (annotation " + Expectation.ANNOTATION + ")";
    }
}

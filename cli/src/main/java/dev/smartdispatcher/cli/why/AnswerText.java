package dev.smartdispatcher.cli.why;

import dev.smartdispatcher.cli.output.Paint;
import dev.smartdispatcher.cli.output.Table;
import dev.smartdispatcher.cli.output.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An answer as lines for people. */
public final class AnswerText {
    private static final Table<WorkerCount> WORKERS = new Table<WorkerCount>()
            .column("WORKERS", WorkerCount::workers)
            .column("REASON", WorkerCount::reason)
            .column("DETAIL", WorkerCount::detail);

    private AnswerText() {}

    /** The lines. */
    public static List<String> lines(JobAnswer answer, Instant now, Paint paint) {
        var lines = new ArrayList<String>();
        lines.add(answer.namespace() + "/" + answer.name() + ": " + paint.state(answer.state())
                + (answer.reason() == null || answer.state().equals("Complete") ? "" : ", " + answer.reason()));
        if (answer.sentence() != null) {
            lines.add(answer.sentence());
        }
        if (!answer.workers().isEmpty()) {
            lines.add("");
            lines.addAll(WORKERS.lines(answer.workers(), paint));
        }
        section(lines, "", queue(answer, now));
        section(lines, "Attempts so far:", answer.attempts());
        if (answer.lastLines() != null) {
            section(lines, "The end of its output:", answer.lastLines().lines().toList());
        }
        section(
                lines,
                "What would help:",
                answer.help().entrySet().stream()
                        .map(help -> help.getKey() + ": " + help.getValue())
                        .toList());
        section(lines, "Last warnings:", answer.warnings());
        return lines;
    }

    private static List<String> queue(JobAnswer answer, Instant now) {
        var lines = new ArrayList<String>();
        if (answer.position() != null) {
            lines.add("Number " + answer.position() + " of the waiting jobs of " + answer.namespace() + ".");
        }
        if (answer.reservedWorker() != null) {
            lines.add("Room is kept for it on " + answer.reservedWorker() + ".");
        }
        if (answer.estimatedStart() != null) {
            var in = Duration.between(now, answer.estimatedStart());
            lines.add("Expected to start "
                    + (in.isNegative() || in.isZero() ? "any moment" : "in about " + Time.text(in))
                    + ", if all that is ahead of it takes the time that it states.");
        }
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (content.isEmpty()) {
            return;
        }
        lines.add("");
        if (title.isEmpty()) {
            lines.addAll(content);
        } else {
            lines.add(title);
            content.forEach(line -> lines.add("  " + line));
        }
    }
}

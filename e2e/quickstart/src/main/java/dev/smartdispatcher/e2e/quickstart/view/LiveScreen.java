package dev.smartdispatcher.e2e.quickstart.view;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.smartdispatcher.operator.view.JobText;
import dev.smartdispatcher.operator.view.JobView;
import dev.smartdispatcher.operator.view.WorkerText;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** Two tables, of workers and jobs, that change in place: for terminals. */
public final class LiveScreen implements Screen {
    private final Terminal terminal;
    private final Display display;
    private String step = "";
    private Collection<JobView> jobs = List.of();
    private Collection<ShownWorker> workers = List.of();

    public LiveScreen(Terminal terminal) {
        this.terminal = terminal;
        display = new Display(terminal, false);
    }

    @Override
    public synchronized void say(String text) {
        step = text;
        draw();
    }

    @Override
    public synchronized void job(JobView job, Collection<JobView> allJobs, Collection<ShownWorker> allWorkers) {
        jobs = List.copyOf(allJobs);
        workers = List.copyOf(allWorkers);
        draw();
    }

    @Override
    public synchronized void worker(
            ShownWorker worker, Collection<JobView> allJobs, Collection<ShownWorker> allWorkers) {
        job(null, allJobs, allWorkers);
    }

    private void draw() {
        var size = terminal.getSize();
        display.resize(size.getRows(), size.getColumns());
        var text = Tables.workers(workers) + "\n" + Tables.jobs(jobs, workers, size.getColumns()) + "\n" + step;
        var lines = Arrays.stream(text.split("\n"))
                .map(l -> new AttributedString(l.length() > size.getColumns() ? l.substring(0, size.getColumns()) : l))
                .toList();
        // What does not fit on the screen is cut at the top: the newest jobs are at the bottom.
        int from = Math.max(0, lines.size() - (size.getRows() - 1));
        display.update(lines.subList(from, lines.size()), -1);
    }

    @Override
    public synchronized void close() {
        draw();
        terminal.writer().println();
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The tables, also for the summary. */
    public static final class Tables {
        private Tables() {}

        static String workers(Collection<ShownWorker> workers) {
            return AsciiTable.builder()
                    .border(AsciiTable.NO_BORDERS)
                    .data(
                            workers,
                            List.of(
                                    column("WORKER").with(ShownWorker::label),
                                    column("ARCH").with(w -> w.view().hostArch()),
                                    column("STATE").with(w -> w.view().schedulability()),
                                    column("ALLOCATED").with(w -> WorkerText.allocated(w.view()))))
                    .asString();
        }

        static String jobs(Collection<JobView> jobs, Collection<ShownWorker> workers, int width) {
            return AsciiTable.builder()
                    .border(AsciiTable.NO_BORDERS)
                    .data(
                            jobs,
                            List.of(
                                    column("JOB").with(JobView::label),
                                    column("STATE").with(JobText::state),
                                    column("DETAIL")
                                            .maxWidth(Math.max(40, width - 42))
                                            .with(j -> JobText.detail(j, ShownWorker.labels(workers)))))
                    .asString();
        }

        private static Column column(String header) {
            return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
        }
    }
}

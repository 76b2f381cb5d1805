package dev.smartdispatcher.e2e.quickstart.view;

import dev.smartdispatcher.operator.view.JobText;
import dev.smartdispatcher.operator.view.JobView;
import dev.smartdispatcher.operator.view.WorkerText;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A line for each change that a reader would care for: for logs and pipes. */
public final class PlainScreen implements Screen {
    private final PrintStream out;
    private final Instant start = Instant.now();
    private final Map<String, String> shown = new HashMap<>();

    public PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public void say(String text) {
        out.printf("%n%s== %s%n", time(), text);
    }

    @Override
    public void job(JobView job, Collection<JobView> jobs, Collection<ShownWorker> workers) {
        line("job", job.label(), JobText.state(job), JobText.detail(job, ShownWorker.labels(workers)));
    }

    @Override
    public void worker(ShownWorker worker, Collection<JobView> jobs, Collection<ShownWorker> workers) {
        line("worker", worker.label(), worker.view().schedulability(), WorkerText.allocated(worker.view()));
    }

    private void line(String kind, String name, String state, String detail) {
        var text =
                String.format("%-6s %-22s %-12s %s", kind, name, state, detail).stripTrailing();
        if (!text.equals(shown.put(kind + name, text))) {
            out.println(time() + text);
        }
    }

    private String time() {
        return String.format("%6.1f s  ", Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }

    @Override
    public void close() {
        out.flush();
    }
}

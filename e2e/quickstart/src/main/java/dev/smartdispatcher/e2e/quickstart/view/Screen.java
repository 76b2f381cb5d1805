package dev.smartdispatcher.e2e.quickstart.view;

import dev.smartdispatcher.operator.view.JobView;
import java.util.Collection;

/** Shows what happens while it happens. Called from one thread at a time. */
public interface Screen extends AutoCloseable {
    /** What the scenario does next. */
    void say(String text);

    /** A job changed. */
    void job(JobView job, Collection<JobView> jobs, Collection<ShownWorker> workers);

    /** A worker changed. */
    void worker(ShownWorker worker, Collection<JobView> jobs, Collection<ShownWorker> workers);

    @Override
    void close();
}

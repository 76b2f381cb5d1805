package dev.smartdispatcher.e2e.quickstart.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.view.JobView;

/**
 * A job at the end of a run.
 *
 * @param expected how it was to end, in the words of {@link Expectation}
 * @param asExpected whether it did
 */
public record ReportedJob(@JsonUnwrapped JobView view, String expected, boolean asExpected) {
    static ReportedJob of(BuildJob job) {
        return new ReportedJob(
                JobView.of(job.getMetadata(), job.getStatus()), Expectation.of(job), Expectation.met(job));
    }
}

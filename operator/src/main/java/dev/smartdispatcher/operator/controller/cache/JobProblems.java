package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.informer.LeanJobs;
import dev.smartdispatcher.operator.validation.RecordCheck;
import java.util.List;
import java.util.Optional;

/** What is wrong with a job that no other try would mend, and what keeps it from being led. */
public final class JobProblems {
    private JobProblems() {}

    /** What cannot be read of its spec, else the rules that it breaks; none if it is valid. */
    public static List<String> of(BuildJob job) {
        var unreadable = Unreadable.of(job, "spec");
        return unreadable.isEmpty() ? LeanJobs.problems(job) : unreadable;
    }

    /**
     * What cannot be read of what became of the job so far, else what cannot be gone on from. Nothing is done for it until that is
     * mended: an attempt that is not known of may be running.
     */
    public static List<String> ofRecord(BuildJob job) {
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        if (status.finished()) {
            return List.of();
        }
        var unreadable = Unreadable.of(job, "status.attempts", "status.allocation", "status.conditions");
        return unreadable.isEmpty() ? RecordCheck.problems(status) : unreadable;
    }
}

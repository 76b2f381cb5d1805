package dev.smartdispatcher.operator.reconcile.cache;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.reading.Unreadable;
import java.util.List;

/** What is wrong with a job that no other try would mend, and what keeps it from being led. */
public final class JobProblems {
    private JobProblems() {}

    /** What cannot be read of its spec, else the rules that it breaks; none if it is valid. */
    public static List<String> of(BuildJob job) {
        var unreadable = Unreadable.of(job, "spec");
        return unreadable.isEmpty() ? LeanJobs.problems(job) : unreadable;
    }

    /**
     * What cannot be read of what became of the job so far. Nothing is done for it until that can be read again: an attempt
     * that is not known of may be running.
     */
    public static List<String> ofRecord(BuildJob job) {
        var unknown = Unreadable.of(job, "status.attempts", "status.allocation", "status.conditions");
        return job.getStatus() != null && job.getStatus().finished() ? List.of() : unknown;
    }
}

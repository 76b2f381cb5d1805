package dev.smartdispatcher.cli.smartbuild.option;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.JobWatch;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.log.JobLogs;
import dev.smartdispatcher.cli.log.LogChoice;
import dev.smartdispatcher.operator.view.JobText;
import dev.smartdispatcher.operator.view.JobView;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What is done with jobs that were just created. */
public final class SubmitOptions {
    @Option(
            names = "--follow",
            description = "Prints the log, through retries, until the job has ended, and exits as the build did.")
    private boolean follow;

    /** Whether to stay with the job. */
    public boolean isFollowing() {
        return follow;
    }

    /** Says that a job was created: where a log follows, not into it. */
    public void created(CommandSpec spec, String name) {
        var line = "buildjob/" + name + " created";
        if (follow) {
            ClusterOptions.note(spec, line);
        } else {
            ClusterOptions.print(spec, List.of(line));
        }
    }

    /**
     * Follows the job to its end.
     *
     * @param out gets its log
     * @return the exit status: that of the build's command, 0 if the job is complete
     */
    public int follow(CommandSpec spec, Cluster cluster, String name, OutputStream out, Clock clock) {
        var job = new Jobs(cluster).named(name);
        var watch = new JobWatch(cluster, job, Optional.empty(), clock, line -> ClusterOptions.note(spec, line));
        var ended =
                new JobLogs(cluster, LogChoice.ALL, out, line -> ClusterOptions.note(spec, line)).follow(job, watch);
        var view = JobView.of(ended.getMetadata(), ended.getStatus());
        ClusterOptions.note(spec, name + ": " + view.phase() + ", " + JobText.detail(view, UnaryOperator.identity()));
        return status(ended);
    }

    private static int status(BuildJob ended) {
        if (ended.getStatus().holds(BuildJobStatus.COMPLETE)) {
            return 0;
        }
        return ended.getStatus()
                .lastAttempt()
                .map(Attempt::exitCode)
                .filter(code -> code > 0 && code < 256)
                .orElse(ExitStatus.UNKNOWN_END);
    }
}

package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.JobWatch;
import dev.smartdispatcher.cli.cluster.JobWatch.DeadlineException;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import dev.smartdispatcher.cli.smartbuild.option.ExitStatus;
import dev.smartdispatcher.cli.smartbuild.option.TimeConverter;
import dev.smartdispatcher.operator.view.JobText;
import dev.smartdispatcher.operator.view.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Waits for the end of jobs, whichever it is. */
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        exitCodeOnExecutionException = ExitStatus.UNKNOWN_END,
        description = "Waits until jobs have ended, whichever way, and says how.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all are complete",
            "1:at least one failed",
            "2:wrong usage",
            "124:the time was up",
            "125:an end cannot be told: a job is unknown or was deleted, a right is missing"
        })
final class WaitCommand implements Callable<Integer> {
    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Names of jobs.")
    private List<String> names;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long to wait at most, as 90m or 1h30m. Default: for ever.")
    private Duration timeout;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        try (var cluster = options.open()) {
            var deadline = Optional.ofNullable(timeout).map(smartBuild.clock().instant()::plus);
            var jobs = names.stream().distinct().map(new Jobs(cluster)::named).toList();
            jobs.stream()
                    .filter(job -> job.getStatus() == null || !job.getStatus().finished())
                    .map(job -> JobView.of(job.getMetadata(), job.getStatus()))
                    .forEach(job -> ClusterOptions.note(
                            spec,
                            "waiting for the end of " + job.name() + ": " + JobText.state(job)
                                    + (job.reason() == null ? "" : ", " + job.reason())));
            int status = 0;
            for (var job : jobs) {
                status = Math.max(status, end(cluster, job, deadline));
            }
            return status;
        }
    }

    private int end(Cluster cluster, BuildJob job, Optional<Instant> deadline) {
        var name = job.getMetadata().getName();
        try {
            var watch =
                    new JobWatch(cluster, job, deadline, smartBuild.clock(), line -> ClusterOptions.note(spec, line));
            var ended = watch.until(
                    now -> now.getStatus() != null && now.getStatus().finished());
            if (ended.isEmpty()) {
                ClusterOptions.note(spec, "error: " + name + " was deleted");
                return ExitStatus.UNKNOWN_END;
            }
            var view = JobView.of(ended.get().getMetadata(), ended.get().getStatus());
            ClusterOptions.print(
                    spec,
                    List.of(name + ": "
                            + ClusterOptions.paint().state(view.phase().name()) + ", "
                            + JobText.detail(view, UnaryOperator.identity())));
            return view.phase() == Phase.Complete ? 0 : 1;
        } catch (DeadlineException e) {
            ClusterOptions.note(spec, "error: the time is up, and " + name + " has not ended");
            return ExitStatus.TIME_OUT;
        }
    }
}

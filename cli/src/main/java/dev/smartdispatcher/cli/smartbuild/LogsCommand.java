package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.JobWatch;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.log.JobLogs;
import dev.smartdispatcher.cli.log.LogChoice;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints the logs of a job's attempts. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description =
                "Prints the logs of a job's attempts, one after the other. Standard output has the logs alone; which attempt"
                        + " follows and how it ended is on standard error. Exit status 1 if a log is gone.")
final class LogsCommand implements Callable<Integer> {
    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", description = "Name of the job.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on through retries until the job has ended, also if it has not started yet.")
    private boolean follow;

    @Option(names = "--attempt", paramLabel = "N", description = "Only this attempt, from 1.")
    private Integer attempt;

    @Option(
            names = "--tail",
            paramLabel = "LINES",
            description = "Only so many lines at the end of each attempt's log.")
    private Integer tail;

    @Option(
            names = {"-c", "--container"},
            paramLabel = "NAME",
            description =
                    "build, or prepare, which installs the packages of a root of its own. Default: build, or where the"
                            + " installation failed.")
    private String container;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        if (attempt != null && attempt < 1 || tail != null && tail < 0) {
            throw new ParameterException(spec.commandLine(), "--attempt counts from 1, --tail from 0");
        }
        var choice =
                new LogChoice(Optional.ofNullable(attempt), Optional.ofNullable(container), Optional.ofNullable(tail));
        try (var cluster = options.open()) {
            var job = new Jobs(cluster).named(name);
            var logs = new JobLogs(cluster, choice, smartBuild.out(), this::note);
            if (follow) {
                logs.follow(job, new JobWatch(cluster, job, Optional.empty(), smartBuild.clock(), this::note));
                return 0;
            }
            return logs.print(job) ? 0 : 1;
        }
    }

    private void note(String line) {
        ClusterOptions.note(spec, line);
    }
}

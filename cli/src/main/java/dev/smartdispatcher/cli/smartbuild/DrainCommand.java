package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.Farm;
import dev.smartdispatcher.cli.cluster.JobWatch.DeadlineException;
import dev.smartdispatcher.cli.farm.DrainRequest;
import dev.smartdispatcher.cli.farm.FarmView;
import dev.smartdispatcher.cli.farm.WorkerRow;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import dev.smartdispatcher.cli.smartbuild.option.ExitStatus;
import dev.smartdispatcher.cli.smartbuild.option.TimeConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/** Takes a worker out of service. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description = "Takes a worker out of service: what runs there ends, nothing more starts. For administrators.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the worker is drained; without --wait: asked to be",
            "1:failure",
            "2:wrong usage",
            "124:the time was up"
        })
final class DrainCommand implements Callable<Integer> {
    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NODE", description = "Name of the worker, which is that of its Node.")
    private String name;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "maintenance",
            description = "Why; users whose jobs wait for the worker see it. Default: ${DEFAULT-VALUE}.")
    private String reason;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description =
                    "Stops what still runs then, to be built elsewhere: 2026-12-01T22:00:00Z, or from now, as 90m. Default:"
                            + " nothing is stopped.")
    private String deadline;

    @Option(names = "--wait", description = "Waits until no build runs there any more.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With --wait: how long at most, as 90m. Default: for ever.")
    private Duration timeout;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--reason is empty");
        }
        var request = new DrainRequest(reason, Optional.ofNullable(deadline).map(this::time));
        try (var cluster = options.open()) {
            var farm = new Farm(cluster);
            var worker = farm.worker(name);
            farm.annotate(name, request.annotations());
            ClusterOptions.note(
                    spec,
                    name + " starts no builds any more, until kubectl smart-build undrain " + name
                            + request.deadline()
                                    .map(at -> "; what still runs at " + at + " is stopped")
                                    .orElse(""));
            return wait ? waited(cluster, worker) : 0;
        }
    }

    private int waited(Cluster cluster, BuildWorker worker) {
        new FarmView(cluster, smartBuild.clock().instant())
                .read().rows().stream()
                        .filter(row ->
                                row.view().name().equals(name) && !row.builds().isEmpty())
                        .map(WorkerRow::buildsText)
                        .forEach(builds -> ClusterOptions.note(spec, "waiting for " + builds));
        var until = Optional.ofNullable(timeout).map(smartBuild.clock().instant()::plus);
        try {
            var drained = new Farm(cluster)
                    .until(
                            worker,
                            DrainCommand::isDrained,
                            until,
                            smartBuild.clock(),
                            line -> ClusterOptions.note(spec, line));
            ClusterOptions.print(
                    spec, List.of(name + (drained.isPresent() ? " is drained" : " is not there any more")));
            return 0;
        } catch (DeadlineException e) {
            ClusterOptions.note(spec, "error: the time is up, and builds still run on " + name);
            return ExitStatus.TIME_OUT;
        }
    }

    private static boolean isDrained(BuildWorker worker) {
        return worker.getStatus() != null
                && worker.getStatus()
                        .condition(BuildWorkerStatus.DRAINED)
                        .filter(Condition::holds)
                        .isPresent();
    }

    private Instant time(String typed) {
        try {
            return DrainRequest.deadline(typed, smartBuild.clock().instant());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--deadline: " + e.getMessage());
        }
    }
}

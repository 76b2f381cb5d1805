package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.output.Table;
import dev.smartdispatcher.cli.past.PackageHistory;
import dev.smartdispatcher.cli.past.PastBuild;
import dev.smartdispatcher.cli.queue.JobRow;
import dev.smartdispatcher.cli.smartbuild.option.AnswerOptions;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the earlier builds of a package. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description =
                "Shows the builds of a package in the namespace: the jobs that there are, what the operator has learned from"
                        + " their builds, and the last builds, also of jobs that are deleted.")
final class HistoryCommand implements Callable<Integer> {
    private static final Table<PastBuild> BUILDS = new Table<PastBuild>()
            .column("ENDED", PastBuild::ended)
            .column("TARGET", PastBuild::targetArch)
            .column("HOST", PastBuild::hostArch)
            .column("WORKER", PastBuild::worker)
            .column("N", PastBuild::parallelism)
            .state("RESULT", build -> build.result().name())
            .column("TIME", PastBuild::time)
            .column("CPU", PastBuild::cpuTime)
            .column("MEMORY", PastBuild::memoryText)
            .column("DISK", PastBuild::diskText);

    private static final Table<JobRow> JOBS = new Table<JobRow>()
            .column("JOB", row -> row.view().name())
            .column("TARGET", JobRow::targetArch)
            .state("STATE", JobRow::state)
            .column("REASON", row -> row.view().reason())
            .column("WORKER", row -> row.view().worker())
            .column("ATTEMPTS", row -> row.view().attempts())
            .column("TIME", JobRow::elapsed)
            .column("ENDED", JobRow::ended);

    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "As jobs name it in spec.package; else the job's own name.")
    private String packageName;

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        try (var cluster = options.open()) {
            var history =
                    PackageHistory.read(cluster, packageName, smartBuild.clock().instant());
            if (history.knowsNothing()) {
                throw unknown(cluster);
            }
            answer.print(spec, history, () -> lines(history));
        }
        return 0;
    }

    private ClusterException unknown(Cluster cluster) {
        return ClusterException.of("no builds of package '" + packageName + "' in namespace " + cluster.namespace());
    }

    private static List<String> lines(PackageHistory history) {
        var lines = new ArrayList<String>();
        var paint = ClusterOptions.paint();
        if (!history.jobs().isEmpty()) {
            lines.addAll(JOBS.lines(history.jobs(), paint));
        }
        if (!history.learned().isEmpty()) {
            lines.add(lines.isEmpty() ? "Learned:" : "\nLearned:");
            history.learned().forEach(line -> lines.add("  " + line));
        }
        if (!history.builds().isEmpty()) {
            lines.add("");
            lines.addAll(BUILDS.lines(history.builds(), paint));
        }
        return lines;
    }
}

package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.farm.FarmView;
import dev.smartdispatcher.cli.farm.WorkerRow;
import dev.smartdispatcher.cli.output.ObjectText;
import dev.smartdispatcher.cli.output.Table;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import dev.smartdispatcher.cli.smartbuild.option.Format;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the workers and what they build. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description =
                "Shows the workers by architecture: whether they take builds, what of their budget is given away, and their"
                        + " builds, each with its time and what it is expected to take in all.")
final class TopCommand implements Callable<Integer> {
    private static final Table<WorkerRow> WORKERS = new Table<WorkerRow>()
            .column("WORKER", row -> row.view().name())
            .column("ARCH", row -> row.view().hostArch())
            .state("STATE", row -> row.view().schedulability())
            .column("JOBS", WorkerRow::jobs)
            .column("CPU", WorkerRow::cpu)
            .column("MEMORY", WorkerRow::memory);

    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "wide, name, json or yaml. Default: a table.")
    private Format format = Format.table;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        try (var cluster = options.open()) {
            var seen = new FarmView(cluster, smartBuild.clock().instant()).read();
            var rows = seen.rows();
            ClusterOptions.print(
                    spec,
                    switch (format) {
                        case json -> List.of(ObjectText.json(rows));
                        case yaml -> List.of(ObjectText.yaml(rows));
                        case name ->
                            rows.stream()
                                    .map(row -> "buildworker/" + row.view().name())
                                    .toList();
                        default -> table().lines(rows, ClusterOptions.paint());
                    });
            if (rows.isEmpty()) {
                ClusterOptions.note(spec, "no workers: no node agent has published one yet");
            }
            if (!seen.whole()) {
                ClusterOptions.note(
                        spec,
                        "builds of other namespaces than " + cluster.namespace()
                                + " are not shown: you have no right to list them");
            }
        }
        return 0;
    }

    private Table<WorkerRow> table() {
        return format == Format.wide
                ? WORKERS.with("DISK", WorkerRow::disk)
                        .with("RESERVED FOR", WorkerRow::reservedFor)
                        .with("BUILDS", WorkerRow::buildsText)
                        .with("MESSAGE", row -> row.view().closed().orElse(null))
                : WORKERS.with("BUILDS", WorkerRow::buildsText);
    }
}

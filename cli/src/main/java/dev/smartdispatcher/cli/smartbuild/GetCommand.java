package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.output.ObjectText;
import dev.smartdispatcher.cli.output.Table;
import dev.smartdispatcher.cli.output.Time;
import dev.smartdispatcher.cli.queue.Estimates;
import dev.smartdispatcher.cli.queue.JobRow;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import dev.smartdispatcher.cli.smartbuild.option.Format;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists jobs in the order of the queue. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Lists jobs in the order of the queue: what runs, what waits by its position, what ended.",
            "ELAPSED is the time of the last attempt, and what it is expected to take in all, where earlier builds of the package"
                    + " tell that."
        })
final class GetCommand implements Callable<Integer> {
    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", arity = "0..*", description = "Only these jobs.")
    private List<String> names = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Jobs of all namespaces.")
    private boolean everywhere;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "wide, name, or the objects as json or yaml. Default: a table.")
    private Format format = Format.table;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        if (everywhere && !names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "-A is for all jobs: name none");
        }
        try (var cluster = options.open()) {
            switch (format) {
                case name ->
                    print(list(cluster, job -> "buildjob/" + job.getMetadata().getName()));
                case json -> print(List.of(ObjectText.json(objects(cluster))));
                case yaml -> print(List.of(ObjectText.yaml(objects(cluster))));
                default -> table(cluster);
            }
        }
        return 0;
    }

    private void table(Cluster cluster) {
        var now = smartBuild.clock().instant();
        var running = list(
                        cluster,
                        job -> job.getStatus() != null && job.getStatus().phase() == Phase.Running)
                .contains(true);
        var estimates = running ? new Estimates(cluster).read(everywhere) : null;
        var rows = list(cluster, job -> {
                    var row = JobRow.of(job, now);
                    return estimates == null
                            ? row
                            : estimates.of(job).map(row::expecting).orElse(row);
                })
                .stream()
                .sorted(JobRow.BY_QUEUE)
                .toList();
        if (rows.isEmpty()) {
            ClusterOptions.note(
                    spec, everywhere ? "no jobs" : "no jobs in namespace " + cluster.namespace() + "; -A shows all");
            return;
        }
        print(columns(now).lines(rows, ClusterOptions.paint()));
    }

    private Table<JobRow> columns(Instant now) {
        var table = new Table<JobRow>();
        if (everywhere) {
            table.column("NAMESPACE", row -> row.view().namespace());
        }
        table.column("NAME", row -> row.view().name())
                .column("TARGET", JobRow::targetArch)
                .state("STATE", JobRow::state)
                .column("REASON", row -> row.view().reason())
                .column("POSITION", JobRow::position)
                .column("WORKER", row -> row.view().worker())
                .column("N", row -> row.view().parallelism())
                .column("ELAPSED", JobRow::elapsed)
                .column("AGE", row -> Time.since(row.created(), now));
        return format == Format.wide
                ? table.column("MODE", row -> row.view().mode())
                        .column("ATTEMPTS", row -> row.view().attempts())
                        .column("MESSAGE", row -> row.view().message())
                : table;
    }

    private Object objects(Cluster cluster) {
        var jobs = new Jobs(cluster);
        var objects = everywhere ? jobs.objectsEverywhere() : jobs.objects(names);
        return names.size() == 1 ? objects.get(0) : new ObjectList("v1", "List", objects);
    }

    /** As kubectl prints several objects. */
    record ObjectList(String apiVersion, String kind, List<GenericKubernetesResource> items) {}

    private <R> List<R> list(Cluster cluster, Function<BuildJob, R> kept) {
        var jobs = new Jobs(cluster);
        if (!names.isEmpty()) {
            return names.stream().map(jobs::named).map(kept).toList();
        }
        return everywhere ? jobs.everywhere(kept) : jobs.all(kept);
    }

    private void print(List<String> lines) {
        ClusterOptions.print(spec, lines);
    }
}

package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends jobs. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description =
                "Ends jobs as Failed with the reason Cancelled: a build that runs is stopped. The job stays, with its log.")
final class CancelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "Names of jobs.")
    private List<String> names;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        try (var cluster = options.open()) {
            var jobs = new Jobs(cluster);
            for (var name : names.stream().distinct().toList()) {
                var job = jobs.named(name);
                if (job.getStatus() != null && job.getStatus().finished()) {
                    ClusterOptions.print(spec, List.of("buildjob/" + name + " has ended already"));
                } else {
                    jobs.cancel(name);
                    ClusterOptions.print(spec, List.of("buildjob/" + name + " cancelled"));
                }
            }
        }
        return 0;
    }
}

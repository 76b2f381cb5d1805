package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.cli.cluster.Farm;
import dev.smartdispatcher.cli.farm.DrainRequest;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Returns a worker to service. */
@Command(
        name = "undrain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description = "Returns a worker to service. A Node that is cordoned stays so. For administrators.")
final class UndrainCommand implements Callable<Integer> {
    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NODE", description = "Name of the worker, which is that of its Node.")
    private String name;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        try (var cluster = options.open()) {
            var farm = new Farm(cluster);
            var annotations = Optional.ofNullable(
                            farm.worker(name).getMetadata().getAnnotations())
                    .orElse(Map.of());
            if (!annotations.containsKey(Annotations.DRAIN) && !annotations.containsKey(Annotations.DRAIN_DEADLINE)) {
                ClusterOptions.print(spec, List.of(name + " is not being drained"));
                return 0;
            }
            farm.annotate(name, DrainRequest.none());
            ClusterOptions.print(
                    spec, List.of(name + " takes builds again, unless its condition Schedulable says otherwise"));
        }
        return 0;
    }
}

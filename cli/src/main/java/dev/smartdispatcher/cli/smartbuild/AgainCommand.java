package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.cluster.Jobs.NameTakenException;
import dev.smartdispatcher.cli.manifest.ObjectName;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import dev.smartdispatcher.cli.smartbuild.option.ExitStatus;
import dev.smartdispatcher.cli.smartbuild.option.SubmitOptions;
import dev.smartdispatcher.cli.submit.Rerun;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Submits a job once more. */
@Command(
        name = "again",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        exitCodeOnExecutionException = ExitStatus.UNKNOWN_END,
        description =
                "Creates a job with the spec of another one, which stays as it is, with its log: JOB-r2, then JOB-r3. Exit status"
                        + " as run.")
final class AgainCommand implements Callable<Integer> {
    /** Far more reruns than anybody keeps the records of. */
    private static final int TRIES = 1000;

    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", description = "Name of the job.")
    private String name;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the new job. Default: JOB-rN.")
    private String newName;

    @Mixin
    private SubmitOptions submit;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        if (newName != null && !ObjectName.isOne(newName)) {
            throw new ParameterException(spec.commandLine(), ObjectName.complaint("--name", newName));
        }
        try (var cluster = options.open()) {
            var created = create(cluster, new Jobs(cluster).object(name))
                    .getMetadata()
                    .getName();
            submit.created(spec, created);
            return submit.isFollowing()
                    ? submit.follow(spec, cluster, created, smartBuild.out(), smartBuild.clock())
                    : 0;
        }
    }

    private GenericKubernetesResource create(Cluster cluster, GenericKubernetesResource job) {
        var jobs = new Jobs(cluster);
        var candidate = newName == null ? Rerun.next(name) : newName;
        for (int i = 0; i < TRIES; i++) {
            try {
                return jobs.create(Rerun.of(job, candidate));
            } catch (NameTakenException e) {
                if (newName != null) {
                    break;
                }
                candidate = Rerun.next(candidate);
            }
        }
        throw ClusterException.of("there is a job '" + candidate + "' already");
    }
}

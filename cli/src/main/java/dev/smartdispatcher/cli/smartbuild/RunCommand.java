package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.cluster.Jobs.NameTakenException;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import dev.smartdispatcher.cli.smartbuild.option.ExitStatus;
import dev.smartdispatcher.cli.smartbuild.option.SubmitOptions;
import dev.smartdispatcher.cli.submit.JobFile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Submits jobs of a file. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        exitCodeOnExecutionException = ExitStatus.UNKNOWN_END,
        description = "Creates the BuildJobs of a file.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the jobs were created; with --follow: the job is complete",
            "N:with --follow: the build's command failed with N",
            "2:wrong usage",
            "125:a job was not created; with --follow: the job failed otherwise, or its end cannot be told"
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description = "YAML or JSON with BuildJobs; - for standard input.")
    private String file;

    @Mixin
    private SubmitOptions submit;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        var jobs = JobFile.read(file);
        if (submit.isFollowing() && jobs.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--follow is for one job, and " + file + " has " + jobs.size());
        }
        try (var cluster = options.open()) {
            var created = new ArrayList<GenericKubernetesResource>();
            for (var job : jobs) {
                created.add(create(cluster, job));
            }
            var first = created.get(0).getMetadata();
            return submit.isFollowing()
                    ? submit.follow(
                            spec,
                            cluster.in(first.getNamespace()),
                            first.getName(),
                            smartBuild.out(),
                            smartBuild.clock())
                    : 0;
        }
    }

    private GenericKubernetesResource create(Cluster cluster, GenericKubernetesResource job) {
        var namespace = job.getMetadata().getNamespace();
        if (namespace != null
                && options.namespace().filter(n -> !n.equals(namespace)).isPresent()) {
            throw ClusterException.of(file + ": job " + job.getMetadata().getName() + " is for namespace " + namespace
                    + ", not for " + cluster.namespace());
        }
        try {
            var created = new Jobs(namespace == null ? cluster : cluster.in(namespace)).create(job);
            submit.created(spec, created.getMetadata().getName());
            return created;
        } catch (NameTakenException e) {
            var name = job.getMetadata().getName();
            throw ClusterException.of(
                    "there is a job '" + name + "' already: to build it once more, kubectl smart-build again " + name
                            + "; for a new name each time, metadata.generateName");
        }
    }
}

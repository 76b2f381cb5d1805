package dev.smartdispatcher.agent;

import dev.smartdispatcher.agent.advise.AdviseException;
import dev.smartdispatcher.agent.advise.Cluster;
import dev.smartdispatcher.agent.advise.Fleet;
import dev.smartdispatcher.agent.advise.FleetFile;
import dev.smartdispatcher.agent.advise.Format;
import dev.smartdispatcher.agent.advise.Given;
import dev.smartdispatcher.agent.advise.Kubeconfig;
import dev.smartdispatcher.agent.advise.Questions;
import dev.smartdispatcher.agent.advise.Terminal;
import dev.smartdispatcher.agent.advisor.Answers;
import dev.smartdispatcher.agent.advisor.Foreign;
import dev.smartdispatcher.agent.advisor.JobMix;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Advises how to configure this host, or all workers of a fleet. */
@Command(
        name = "advise",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        usageHelpWidth = 100,
        description = {
            "Advises how many jobs this host should run at a time, with how much memory and disk, and what it should keep for"
                    + " itself, and says why.",
            "On a terminal it asks what it cannot find out; Enter takes the default. Without a terminal the defaults stand."
        })
final class AdviseCommand implements Callable<Integer> {
    private static final String OF_CLUSTER = "cluster";

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Option(names = "--yes", description = "Ask nothing: take the defaults.")
    private boolean yes;

    @Option(names = "--jobs", paramLabel = "MIX", description = "Nature of most jobs: ${COMPLETION-CANDIDATES}.")
    private JobMix jobs;

    @Option(
            names = "--foreign",
            paramLabel = "HOW",
            description = "How builds for other architectures are done: ${COMPLETION-CANDIDATES}.")
    private Foreign foreign;

    @Option(names = "--vm", negatable = true, fallbackValue = "true", description = "Builds run in virtual machines.")
    private Boolean vm;

    @Option(names = "--cache", paramLabel = "CLASS", description = "Storage class of caches on the worker, or none.")
    private String cache;

    @Option(names = "--cache-size", paramLabel = "SIZE", description = "Size of a namespace's cache, as 50Gi.")
    private String cacheSize;

    @Option(
            names = "--keep",
            paramLabel = "PERCENT",
            description = "Part of CPU and memory that the host keeps for other work, 0 to " + Answers.MOST_KEPT + ".")
    private Integer keep;

    @Option(
            names = "--fleet",
            paramLabel = "FILE|cluster",
            description =
                    "Advise all workers by the facts that their agents published: of a file, as kubectl get bw -o yaml"
                            + " prints it, or of the cluster.")
    private String fleet;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "Form of the advice: ${COMPLETION-CANDIDATES}.")
    private Format format;

    @Option(
            names = "--apply",
            description = "Write the advice into the BuildWorkers and the DispatchPolicy, with your kubeconfig.")
    private boolean apply;

    @Option(names = "--force", description = "With --apply: take over fields that somebody else has set.")
    private boolean force;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Instead of KUBECONFIG or ~/.kube/config.")
    private Path kubeconfig;

    @Option(names = "--context", description = "Context of the kubeconfig, if not its current one.")
    private String context;

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        try {
            advise();
            return 0;
        } catch (AdviseException e) {
            spec.commandLine().getErr().println("error: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return 1;
        }
    }

    private void checkOptions() {
        if (keep != null && (keep < 0 || keep > Answers.MOST_KEPT)) {
            throw new ParameterException(
                    spec.commandLine(), "--keep must be 0 to " + Answers.MOST_KEPT + ", not " + keep);
        }
        if (force && !apply) {
            throw new ParameterException(spec.commandLine(), "--force is for --apply");
        }
    }

    private void advise() throws AdviseException, InterruptedException {
        // Before anything is asked: nobody answers questions for nothing.
        try (Cluster cluster = needsCluster() ? cluster() : null) {
            Fleet advice = fleet == null ? ofThisHost() : ofFleet(cluster);
            print(advice);
            if (apply) {
                advice = advice.forAll(cluster.workers());
                cluster.apply(advice.advice(), advice.job(), force)
                        .forEach(done -> spec.commandLine().getErr().println(done + " configured"));
                spec.commandLine().getErr().flush();
            }
        }
    }

    private Fleet ofFleet(Cluster cluster) throws AdviseException {
        var workers = fleet.equals(OF_CLUSTER) ? cluster.workers() : FleetFile.read(Path.of(fleet));
        return Fleet.of(workers, answers(0));
    }

    private boolean needsCluster() {
        return apply || OF_CLUSTER.equals(fleet);
    }

    private Cluster cluster() throws AdviseException {
        return new Cluster(
                Kubeconfig.read(kubeconfig, context, System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    private Fleet ofThisHost() throws AdviseException, InterruptedException {
        var here = main.observe();
        return Fleet.of(
                here.name(), here.host(), here.problems(), answers(here.host().usedByOthersPercent()));
    }

    private Answers answers(int usedByOthers) throws AdviseException {
        var given = new Given(jobs, foreign, vm, cache, cacheSize, keep);
        return new Questions(given, usedByOthers, yes ? Optional.empty() : Terminal.ofProcess()).ask();
    }

    private void print(Fleet advice) {
        var err = spec.commandLine().getErr();
        advice.remarks().forEach(remark -> err.println("warning: " + remark));
        err.flush();
        var out = spec.commandLine().getOut();
        out.print(format.print(advice.advice(), advice.job()));
        out.flush();
    }
}

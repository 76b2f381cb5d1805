package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.cluster.Warnings;
import dev.smartdispatcher.cli.smartbuild.option.AnswerOptions;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import dev.smartdispatcher.cli.why.AnswerText;
import dev.smartdispatcher.cli.why.JobAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says why a job waits, or failed. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description =
                "Says why a job waits, does not start or failed: the operator's sentence, its workers by reason, and what"
                        + " would help.")
final class WhyCommand implements Callable<Integer> {
    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", description = "Name of the job.")
    private String name;

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        try (var cluster = options.open()) {
            var job = new Jobs(cluster).named(name);
            var found = JobAnswer.of(job, Warnings.of(cluster, job));
            answer.print(
                    spec,
                    found,
                    () -> AnswerText.lines(found, smartBuild.clock().instant(), ClusterOptions.paint()));
        }
        return 0;
    }
}

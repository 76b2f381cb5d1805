package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.smartbuild.option.ExitStatus;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kubectl smart-build}: what users and administrators of the farm do with jobs and workers. */
@Command(
        name = "kubectl smart-build",
        mixinStandardHelpOptions = true,
        versionProvider = SmartBuild.Version.class,
        subcommands = {
            RunCommand.class,
            LogsCommand.class,
            WhyCommand.class,
            GetCommand.class,
            TopCommand.class,
            WaitCommand.class,
            AgainCommand.class,
            CancelCommand.class,
            HistoryCommand.class,
            DrainCommand.class,
            UndrainCommand.class,
            CompleteCommand.class,
            CommandLine.HelpCommand.class
        },
        sortOptions = false,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = "Builds of Smart Dispatcher, with the kubeconfig and the rights of whoever types.",
        footer = {
            "",
            "Answers go to standard output, everything else to standard error. Exit status: 0, 1 for a failure, 2 for wrong usage;"
                    + " that of run --follow and wait is in their own help."
        })
public final class SmartBuild implements Runnable {
    private final OutputStream out;
    private final Clock clock;

    @Spec
    private CommandSpec spec;

    private SmartBuild(OutputStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Runs a command and ends the process with its status. */
    public static void main(String[] arguments) {
        // Before the first logger.
        System.getProperties().putIfAbsent("logback.configurationFile", "cli-logback.xml");
        // Not System.out, which tells nobody that the reader of a pipe has gone.
        var out = new FileOutputStream(FileDescriptor.out);
        var err = new FileOutputStream(FileDescriptor.err);
        System.exit(commandLine(out, err, Clock.systemUTC()).execute(arguments));
    }

    /** The commands, not yet run, which write to these streams, in UTF-8. */
    public static CommandLine commandLine(OutputStream out, OutputStream err, Clock clock) {
        var commands = new CommandLine(new SmartBuild(out, clock));
        // Its words are others' options.
        commands.getSubcommands()
                .get(CompleteCommand.NAME)
                .setUnmatchedOptionsArePositionalParams(true)
                .setExpandAtFiles(false);
        return commands.setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler(SmartBuild::failed)
                .setOut(writer(out))
                .setErr(writer(err));
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Where bytes go that are not this program's own, as logs. */
    OutputStream out() {
        return out;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof UncheckedIOException) {
            // As others end when the reader of their pipe has gone, in kubectl smart-build logs JOB | head.
            return ExitStatus.READER_GONE;
        }
        if (failure instanceof InputException || failure instanceof ClusterException) {
            command.getErr().println("error: " + failure.getMessage());
        } else {
            command.getErr().println("error: this is a fault of the program:");
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "kubectl smart-build "
                        + Optional.ofNullable(SmartBuild.class.getPackage().getImplementationVersion())
                                .orElse("development")
            };
        }
    }
}

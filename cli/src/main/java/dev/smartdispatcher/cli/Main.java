package dev.smartdispatcher.cli;

import dev.smartdispatcher.cli.input.InputException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line, of which every command is a class. Exit statuses: 0, 1 for a failure, 2 for wrong usage. */
@Command(
        name = "smart-dispatcher",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {ImportConstraintsCommand.class, ImportPrjconfCommand.class, CommandLine.HelpCommand.class},
        sortOptions = false,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tools for users of Smart Dispatcher.",
        footer = {
            "",
            "Objects go to standard output, remarks to standard error. Exit status: 0, 1 for a failure, 2 for wrong usage."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its status. */
    public static void main(String[] arguments) {
        // Before the first logger. A name of its own: several programs may be on one class path.
        System.getProperties().putIfAbsent("logback.configurationFile", "cli-logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, not yet run; their output can be set. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main()).setUsageHelpAutoWidth(false).setExecutionExceptionHandler(Main::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof InputException) {
            command.getErr().println("error: " + failure.getMessage());
        } else {
            command.getErr().println("error: this is a fault of the program:");
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "smart-dispatcher "
                        + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                                .orElse("development")
            };
        }
    }
}

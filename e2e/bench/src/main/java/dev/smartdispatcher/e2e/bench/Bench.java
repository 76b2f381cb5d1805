package dev.smartdispatcher.e2e.bench;

import dev.smartdispatcher.e2e.bench.advise.AdviseBenchmark;
import dev.smartdispatcher.e2e.bench.api.ApiBenchmark;
import dev.smartdispatcher.e2e.bench.cluster.ClusterBenchmark;
import dev.smartdispatcher.e2e.bench.dispatch.DispatchBenchmark;
import dev.smartdispatcher.e2e.bench.memory.MemoryBenchmark;
import dev.smartdispatcher.e2e.bench.packages.PackagesBenchmark;
import dev.smartdispatcher.e2e.bench.simulate.SimulateBenchmark;
import dev.smartdispatcher.e2e.bench.simulate.profiles.ProfilesBenchmark;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import dev.smartdispatcher.e2e.process.ServerFailedException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code mvn -Pbench -Dbench=NAME}: runs the benchmark of that name. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Benchmarks. Every option can also be given as a system property of its name.",
        subcommands = {
            AdviseBenchmark.class,
            ApiBenchmark.class,
            ClusterBenchmark.class,
            DispatchBenchmark.class,
            MemoryBenchmark.class,
            PackagesBenchmark.class,
            ProfilesBenchmark.class,
            SimulateBenchmark.class
        })
public final class Bench implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

    /** Exits with 0 if the benchmark ran to its end, whatever its figures. */
    public static void main(String[] args) {
        endWithParent();
        System.exit(commandLine().execute(args));
    }

    /** As the command line is understood; other benchmarks are its subcommands. */
    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .setDefaultValueProvider(Bench::property)
                .setParameterExceptionHandler((e, arguments) -> refused(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    @Override
    public void run() {
        throw new BenchFailure(unknown(""));
    }

    /** Where Maven was killed nobody reads the figures, and nobody would end this. */
    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
    }

    /** Maven gives what is not set as empty text. */
    private static String property(ArgSpec argument) {
        if (!argument.isOption()) {
            return null;
        }
        var name = ((OptionSpec) argument).longestName().replaceFirst("^-+", "");
        var value = System.getProperty("bench." + name, "");
        return value.isBlank() ? null : value;
    }

    private static int refused(ParameterException e) {
        say(e.getCommandLine(), unknownName(e).map(Bench::unknown).orElseGet(e::getMessage));
        return CommandLine.ExitCode.USAGE;
    }

    /** What was given where the name of a benchmark is expected and is none. */
    private static Optional<String> unknownName(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && e.getCommandLine().getParent() == null
                ? unmatched.getUnmatched().stream()
                        .filter(word -> !word.startsWith("-"))
                        .findFirst()
                : Optional.empty();
    }

    private static String unknown(String name) {
        return (name.isBlank() ? "which benchmark?" : "there is no benchmark '" + name + "'.") + " There are: "
                + String.join(", ", commandLine().getSubcommands().keySet());
    }

    private static int failed(Exception e, CommandLine command) throws Exception {
        if (e instanceof BenchFailure || e instanceof ServerFailedException) {
            LOG.atError().setCause(e).log("failed");
            say(command, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }

    private static void say(CommandLine command, String message) {
        command.getErr().println("error: " + message);
        command.getErr().flush();
    }
}

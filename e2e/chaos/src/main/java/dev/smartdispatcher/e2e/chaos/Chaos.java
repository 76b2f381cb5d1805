package dev.smartdispatcher.e2e.chaos;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.chaos.check.Checker;
import dev.smartdispatcher.e2e.chaos.check.Verdict;
import dev.smartdispatcher.e2e.chaos.history.HistoryFile;
import dev.smartdispatcher.e2e.chaos.report.ChaosReport;
import dev.smartdispatcher.e2e.chaos.report.ChaosTable;
import dev.smartdispatcher.e2e.chaos.scenario.Run;
import dev.smartdispatcher.e2e.chaos.scenario.Settings;
import dev.smartdispatcher.e2e.process.ServerFailedException;
import dev.smartdispatcher.e2e.report.JsonReport;
import dev.smartdispatcher.e2e.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code mvn -Pchaos}: disturbs a farm with two operators, and judges what happened. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Disturbs a farm with two operators. Every option can also be given as a system property, as -Dchaos.jobs.")
public final class Chaos implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);
    private static final int VIOLATED = 3;
    private static final int JOBS_A_MINUTE = 60;
    private static final int FAULTS_A_MINUTE = 15;
    private static final int MOST_MINUTES = 24 * 60;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "2", description = "Minutes of disturbance.")
    private double minutes;

    @Option(names = "--jobs", paramLabel = "N", description = "Jobs; 60 a minute if not given.")
    private Integer jobs;

    @Option(
            names = "--faults",
            paramLabel = "N",
            description = "Faults of the farm beside the leaders'; 15 a minute if not given.")
    private Integer faults;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the run before, to repeat it; a new one if not given.")
    private Long seed;

    @Option(
            names = "--settle-seconds",
            paramLabel = "N",
            defaultValue = "600",
            description = "How long the farm may take afterwards until all jobs have ended; 600 if not given.")
    private int settleSeconds;

    @Option(names = "--history", paramLabel = "FILE", description = "Judges this history again, and disturbs nothing.")
    private Path history;

    @Option(names = "--work", paramLabel = "DIR", description = "Directory for logs and data, which is emptied.")
    private Path work = SourceTree.file("e2e/target/chaos");

    @Option(names = "--reports", paramLabel = "DIR", description = "Directory for chaos.json and the history.")
    private Path reports = SourceTree.file("e2e/target/reports");

    /** Exits with 0 if nothing was violated, with 3 if something was, and otherwise if it could not be run. */
    public static void main(String[] args) {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
        System.exit(commandLine().execute(args));
    }

    /** As the command line is understood. */
    static CommandLine commandLine() {
        return new CommandLine(new Chaos())
                .setDefaultValueProvider(Chaos::property)
                .setParameterExceptionHandler((e, arguments) -> {
                    say(e.getCommandLine(), e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    LOG.atError().setCause(e).log("failed");
                    say(command, e.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--minutes", minutes > 0 && minutes <= MOST_MINUTES, "more than 0 and at most " + MOST_MINUTES);
        check("--jobs", jobs == null || jobs > 0, "at least 1");
        check("--faults", faults == null || faults > 0, "at least 1");
        if (history != null) {
            var verdict = judge(history);
            System.out.print(ChaosTable.violations(verdict, 0));
            System.out.println(verdict.total() + " violations in " + verdict.entries() + " entries");
            return verdict.total() == 0 ? CommandLine.ExitCode.OK : VIOLATED;
        }
        return disturb();
    }

    private int disturb() throws IOException, InterruptedException {
        var settings = new Settings(
                jobs == null ? (int) Math.ceil(minutes * JOBS_A_MINUTE) : jobs,
                seed == null ? ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : seed,
                faults == null ? (int) Math.ceil(minutes * FAULTS_A_MINUTE) : faults,
                Duration.ofMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis())),
                Duration.ofSeconds(settleSeconds),
                work,
                reports.resolve("chaos-history.jsonl.gz"));
        say("seed " + settings.seed() + ": to repeat this run, -Dchaos.seed=" + settings.seed());
        Run.Done done;
        try {
            done = new Run(settings, Chaos::say).run();
        } catch (ServerFailedException | IllegalStateException e) {
            throw new ChaosFailure("seed " + settings.seed() + ": " + e.getMessage(), e);
        }
        var verdict = judge(settings.history());
        var report = report(settings, done, verdict);
        JsonReport.write(reports.resolve("chaos.json"), report);
        System.out.println(ChaosTable.of(report, verdict));
        return verdict.total() == 0 ? CommandLine.ExitCode.OK : VIOLATED;
    }

    private ChaosReport report(Settings settings, Run.Done done, Verdict verdict) {
        var requests = new TreeMap<String, Long>();
        done.requests().forEach((fault, count) -> requests.put(fault.name(), count));
        return new ChaosReport(
                settings.seed(),
                settings.jobs(),
                minutes,
                settings.faults(),
                done.starts(),
                requests,
                done.settleSeconds(),
                verdict.entries(),
                verdict.counts(),
                ChaosReport.pauses(verdict),
                verdict.total(),
                verdict.violations().stream().map(Object::toString).toList(),
                settings.history().toString(),
                Machine.here());
    }

    private static Verdict judge(Path history) throws IOException {
        if (!Files.isRegularFile(history)) {
            throw new ChaosFailure("there is no history " + history);
        }
        var checker = new Checker();
        HistoryFile.read(history, checker::see);
        return checker.end();
    }

    private static void check(String option, boolean holds, String bounds) {
        if (!holds) {
            throw new ChaosFailure(option + " must be " + bounds);
        }
    }

    /** Maven gives what is not set as empty text. */
    private static String property(ArgSpec argument) {
        var name = ((OptionSpec) argument).longestName().replaceFirst("^-+", "");
        var value = System.getProperty("chaos." + name, "");
        return value.isBlank() ? null : value;
    }

    private static void say(String line) {
        System.out.println("chaos: " + line);
    }

    private static void say(CommandLine command, String message) {
        command.getErr().println("error: " + message);
        command.getErr().flush();
    }
}

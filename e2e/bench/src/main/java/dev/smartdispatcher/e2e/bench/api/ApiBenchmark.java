package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.e2e.report.JsonReport;
import dev.smartdispatcher.e2e.report.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Jobs a second through the operator, against the same writes without it and against batch/v1 Jobs. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Jobs a second through a real API server: ours, the same writes raw, batch/v1 Jobs.")
public final class ApiBenchmark implements Callable<Integer> {
    @Option(names = "--jobs", defaultValue = "5000", description = "Jobs of each part.")
    private int jobs;

    @Option(names = "--warm-up", defaultValue = "500", description = "Jobs before them, which do not count.")
    private int warmUp;

    @Option(names = "--workers", defaultValue = "500", description = "Hollow nodes.")
    private int workers;

    @Option(names = "--cores", defaultValue = "4", description = "Cores of each, one a job.")
    private int cores;

    @Option(names = "--pod-millis", defaultValue = "5000", description = "How long each pod runs.")
    private int podMillis;

    @Option(names = "--creators", defaultValue = "8", description = "Threads that create jobs.")
    private int creators;

    @Option(names = "--audited", defaultValue = "100", description = "Jobs of the run that counts writes.")
    private int audited;

    @Option(names = "--limit", defaultValue = "900", description = "Seconds after which a part has failed.")
    private int limit;

    @Option(
            names = "--operator-jvm",
            split = " ",
            defaultValue = "-Xmx512m -XX:+UseSerialGC",
            description = "Options of the operator's JVM.")
    private List<String> jvm;

    @Option(names = "--seed", defaultValue = "1", description = "Of the jobs' sizes.")
    private long seed;

    @Option(names = "--profile", description = "Keep a flight recording of the operator: operator.jfr beside the logs.")
    private boolean profiled;

    @Option(names = "--project", defaultValue = ".", description = "The checkout.")
    private Path project;

    @Option(names = "--work", defaultValue = "e2e/target/bench/api", description = "For data and logs.")
    private Path work;

    @Option(names = "--report", defaultValue = "e2e/target/reports/api.json", description = "The report, as JSON.")
    private Path report;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        atLeastOne("--jobs", jobs);
        atLeastOne("--warm-up", warmUp);
        atLeastOne("--workers", workers);
        atLeastOne("--cores", cores);
        atLeastOne("--creators", creators);
        atLeastOne("--audited", audited);
        var machine = Machine.here();
        var sizes = new Sizes(
                jobs, warmUp, workers, cores, podMillis, creators, audited, Duration.ofSeconds(limit), jvm, seed);
        say("1/4 ours: " + jobs + " BuildJobs on " + workers + " hollow workers");
        var ours = new OursPart(sizes, profiled).run(project, work.resolve("ours"));
        say("    %.1f jobs/s".formatted(ours.measured().jobsPerSecond()));
        say("2/4 raw: the same writes without the operator");
        var raw = new RawPart(sizes).run(project, work.resolve("raw"));
        say("    %.1f jobs/s".formatted(raw.jobsPerSecond()));
        say("3/4 batch: the same pods by batch/v1 Jobs");
        var batch = new BatchPart(sizes).run(project, work.resolve("batch"));
        say("    %.1f jobs/s".formatted(batch.jobsPerSecond()));
        say("4/4 writes: what the operator writes for a job");
        var perJob = new WritesPart(sizes).run(project, work.resolve("writes"));
        var result = ApiReport.of(machine, sizes, ours, raw, batch, perJob);
        JsonReport.write(report, result);
        new ApiTables(result).print(System.out);
        say("Report: " + report);
        return 0;
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1");
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}

package dev.smartdispatcher.e2e.bench.dispatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import dev.smartdispatcher.e2e.report.JsonReport;
import dev.smartdispatcher.e2e.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The dispatch core alone, by JMH: placements a second, passes, memory. */
@Command(
        name = "dispatch",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Placements a second of the dispatch core alone, on one core.")
public final class DispatchBenchmark implements Callable<Integer> {
    @Option(
            names = "--cases",
            split = ",",
            defaultValue =
                    "200x2000xmixed,200x20000xmixed,200x100000xmixed,2000x2000xmixed,2000x20000xmixed,"
                            + "2000x100000xmixed,10000x2000xmixed,10000x20000xmixed,10000x100000xmixed,450x5000xnothingFits,450x10000xdistinct",
            description =
                    "WORKERSxJOBSxKIND; kinds are mixed, nothingFits and distinct: jobs of one tenant that differ only"
                            + " in minSpeed.")
    private List<String> cases;

    @Option(names = "--input", description = "Workers and jobs as manifests, instead of the cases.")
    private Path input;

    @Option(
            names = "--iterations",
            defaultValue = "3",
            description =
                    "Times that each case is measured, for a second or one run at least, after two that do not count.")
    private int iterations;

    @Option(names = "--seed", defaultValue = "1", description = "Of the farms.")
    private long seed;

    @Option(
            names = "--jvm",
            split = " ",
            defaultValue = "-Xmx512m -XX:+UseSerialGC",
            description = "Options of the JVM.")
    private List<String> jvm;

    @Option(names = "--work", defaultValue = "e2e/target/bench/dispatch", description = "For what the cases leave.")
    private Path work;

    @Option(names = "--report", defaultValue = "e2e/target/reports/dispatch.json", description = "The report, as JSON.")
    private Path report;

    @Override
    public Integer call() throws IOException {
        var machine = Machine.here();
        Files.createDirectories(work);
        var done = new ArrayList<DispatchReport.Case>();
        for (var name : input == null ? cases : List.of("0x0xinput")) {
            System.out.println(name);
            var figures = run(CaseName.of(name));
            System.out.printf("    %.0f placements/s%n", figures.placementsPerSecond());
            done.add(figures);
        }
        var result = new DispatchReport(done, Doublings.of(done), machine, seed);
        JsonReport.write(report, result);
        DispatchTable.print(result, System.out);
        System.out.println("Report: " + report);
        return 0;
    }

    private DispatchReport.Case run(CaseName name) throws IOException {
        var figures = work.resolve(name + ".json").toAbsolutePath();
        Files.deleteIfExists(figures);
        var options = new OptionsBuilder()
                .include(DrainCase.class.getName() + ".drain")
                .param("name", name.toString())
                .param("seed", Long.toString(seed))
                .param("input", input == null ? "" : input.toAbsolutePath().toString())
                .param("figures", figures.toString())
                .forks(1)
                .jvmArgs(jvm.toArray(String[]::new))
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL)
                .output(work.resolve(name + ".log").toString())
                .build();
        try {
            double millis = new Runner(options).runSingle().getPrimaryResult().getScore();
            var seen = new ObjectMapper().readValue(figures.toFile(), DrainCase.Seen.class);
            return new DispatchReport.Case(
                    seen.workers(),
                    seen.jobs(),
                    name.kind(),
                    seen.placed(),
                    seen.passes(),
                    millis / 1000,
                    seen.cpuSeconds(),
                    seen.placed() * 1000 / millis,
                    seen.p99Millis(),
                    seen.idleCycleMillis(),
                    seen.heapMiB(),
                    seen.phases());
        } catch (RunnerException e) {
            throw new BenchFailure(name + ": " + e.getMessage() + "; see " + work, e);
        }
    }
}

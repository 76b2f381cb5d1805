package dev.smartdispatcher.e2e.bench.simulate;

import dev.smartdispatcher.e2e.bench.simulate.engine.Engine;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Run;
import dev.smartdispatcher.e2e.bench.simulate.report.Measures;
import dev.smartdispatcher.e2e.bench.simulate.report.Picture;
import dev.smartdispatcher.e2e.bench.simulate.report.RuleName;
import dev.smartdispatcher.e2e.bench.simulate.report.SeedReport;
import dev.smartdispatcher.e2e.bench.simulate.report.SimulateTables;
import dev.smartdispatcher.e2e.bench.simulate.trace.Hosts;
import dev.smartdispatcher.e2e.bench.simulate.trace.JobGenerator;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams;
import dev.smartdispatcher.e2e.bench.simulate.trace.Trace;
import dev.smartdispatcher.e2e.report.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turnaround, waits and the end of a rebuild wave under our rule and under others, on the same jobs. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Our dispatcher and five other rules on the same jobs of a simulated farm.")
public final class SimulateBenchmark implements Callable<Integer> {
    @Option(names = "--trace", description = "Parameters of farm and jobs, as JSON; default: those that are shipped.")
    private Path trace;

    @Option(names = "--seeds", split = ",", description = "Seeds, separated by commas; default: the trace's.")
    private List<Long> seeds;

    @Option(names = "--report", defaultValue = "e2e/target/reports/simulate.json", description = "The report, as JSON.")
    private Path report;

    @Override
    public Integer call() throws IOException {
        var parameters = trace == null ? Trace.shipped() : Trace.of(trace);
        var reports = new ArrayList<SeedReport>();
        Files.createDirectories(report.toAbsolutePath().getParent());
        for (long seed : seeds == null ? parameters.seeds() : seeds) {
            var runs = runs(parameters, seed);
            var slots = runs.get(RuleName.slots);
            var measures = new EnumMap<RuleName, Measures>(RuleName.class);
            runs.forEach((rule, run) -> measures.put(rule, Measures.of(run, slots)));
            if (reports.isEmpty()) {
                draw(runs);
            }
            reports.add(new SeedReport(seed, measures));
            System.out.printf(
                    "seed %d: mean turnaround %.0f s%n",
                    seed, measures.get(RuleName.ours).meanTurnaround());
        }
        new SimulateTables(reports).print(System.out);
        JsonReport.write(report, Map.of("seeds", reports));
        System.out.println("Report: " + report + ", picture of the first seed: " + picture());
        return 0;
    }

    private static Map<RuleName, Run> runs(Trace trace, long seed) {
        var streams = new Streams(seed);
        var farm = new Farm(
                Hosts.of(trace, streams),
                new JobGenerator(trace, streams).draw(),
                JobGenerator.missing(trace),
                trace.modePenaltyPercent(),
                trace.startSeconds(),
                trace.jobs().hours());
        var runs = new EnumMap<RuleName, Run>(RuleName.class);
        for (var rule : RuleName.values()) {
            runs.put(rule, Engine.run(farm, rule.on(farm), streams));
        }
        return runs;
    }

    private void draw(Map<RuleName, Run> runs) throws IOException {
        Picture.write("ours", runs.get(RuleName.ours), "obs", runs.get(RuleName.obs), picture());
    }

    private Path picture() {
        return report.resolveSibling("simulate.png");
    }
}

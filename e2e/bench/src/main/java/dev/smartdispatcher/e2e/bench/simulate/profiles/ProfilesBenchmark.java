package dev.smartdispatcher.e2e.bench.simulate.profiles;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.e2e.bench.simulate.engine.Engine;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.rules.OursRule;
import dev.smartdispatcher.e2e.bench.simulate.rules.Past;
import dev.smartdispatcher.e2e.bench.simulate.trace.Hosts;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.JobGenerator;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams.Purpose;
import dev.smartdispatcher.e2e.bench.simulate.trace.Trace;
import dev.smartdispatcher.e2e.report.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What profiles of earlier builds are worth: the margin's price in memory, and the farm with and without them. */
@Command(
        name = "profiles",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Sizes and turnaround with profiles of earlier builds, and without.")
public final class ProfilesBenchmark implements Callable<Integer> {
    private static final double[] MARGINS = {0, 1.0, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.6};
    private static final int[] RUNS = {3, 10, 32};
    private static final double[] NOISES = {0.05, 0.1, 0.2};

    @Option(names = "--trace", description = "Parameters of farm and jobs, as JSON; default: those that are shipped.")
    private Path trace;

    @Option(names = "--seeds", split = ",", defaultValue = "21,22,23", description = "Seeds, separated by commas.")
    private List<Long> seeds;

    @Option(names = "--noise", defaultValue = "0.1", description = "How much the memory of builds differs: a sigma.")
    private double noise;

    @Option(names = "--builds", defaultValue = "10", description = "Builds of each package before those on the farm.")
    private int builds;

    @Option(names = "--packages", defaultValue = "1000", description = "Packages whose sizes are looked at.")
    private int packages;

    @Option(names = "--report", defaultValue = "e2e/target/reports/profiles.json", description = "The report, as JSON.")
    private Path report;

    @Override
    public Integer call() throws IOException {
        var parameters = trace == null ? Trace.shipped() : Trace.of(trace);
        var sizes = sizes(parameters);
        printSizes(sizes);
        var farms = new ArrayList<FarmRun>();
        for (long seed : seeds) {
            farms.addAll(farm(parameters, seed));
        }
        printFarms(farms);
        Files.createDirectories(report.toAbsolutePath().getParent());
        JsonReport.write(report, Map.of("sizes", sizes, "farms", farms));
        System.out.println("Report: " + report);
        return 0;
    }

    private List<RepeatBuilds> sizes(Trace parameters) {
        var streams = new Streams(seeds.get(0));
        var jobs = new JobGenerator(parameters, streams).draw();
        var all = new ArrayList<RepeatBuilds>();
        for (double sigma : NOISES) {
            var earlier = new EarlierBuilds(sigma, JobGenerator.missing(parameters));
            for (int runs : RUNS) {
                var random = streams.of(Purpose.EARLIER);
                var known = jobs.subList(0, Math.min(packages, jobs.size())).stream()
                        .map(job -> new RepeatBuilds.Known(job, earlier.profile(job, runs, random)))
                        .toList();
                for (double margin : MARGINS) {
                    all.add(RepeatBuilds.of(known, runs, sigma, margin, 20, streams.of(Purpose.AGAIN)));
                }
            }
        }
        return all;
    }

    private List<FarmRun> farm(Trace parameters, long seed) {
        var streams = new Streams(seed);
        var drawn = new JobGenerator(parameters, streams).draw();
        var earlier = new EarlierBuilds(noise, JobGenerator.missing(parameters));
        var random = streams.of(Purpose.EARLIER);
        var profiles = new HashMap<Integer, BuildProfileStatus>();
        var jobs = new ArrayList<Job>();
        var noises = streams.of(Purpose.NOISE);
        for (var job : drawn) {
            if (job.history().isPresent()) {
                profiles.put(job.index(), earlier.profile(job, builds, random));
            }
            jobs.add(job.withoutHistory().using(EarlierBuilds.once(job.memory(), noise, noises)));
        }
        var farm = new Farm(
                Hosts.of(parameters, streams),
                List.copyOf(jobs),
                JobGenerator.missing(parameters),
                parameters.modePenaltyPercent(),
                parameters.startSeconds(),
                parameters.jobs().hours());
        var runs = new ArrayList<FarmRun>();
        for (var use : ProfileUse.values()) {
            var past = new Past(use, use == ProfileUse.Off ? Map.of() : profiles);
            var run = Engine.run(farm, new OursRule(farm, past), streams);
            runs.add(FarmRun.of(seed, use.name(), run, profiles.keySet()));
        }
        return runs;
    }

    private static void printSizes(List<RepeatBuilds> sizes) {
        System.out.println("Each package once more, with its profile's memory (margin 0: the operator's own)");
        System.out.println(AsciiTable.getTable(
                sizes,
                List.of(
                        column("NOISE", s -> "%.2f".formatted(s.noise())),
                        column("RUNS", s -> Integer.toString(s.runs())),
                        column("MARGIN", s -> "%.2f".formatted(s.margin())),
                        column("OOM PER 1,000", s -> "%.1f".formatted(s.outOfMemoryPerThousand())),
                        column("ALLOCATED/NEEDED", s -> "%.2f".formatted(s.allocatedToNeeded())))));
    }

    private void printFarms(List<FarmRun> farms) {
        System.out.println("The farm; packages built before have had " + builds + " builds");
        System.out.println(AsciiTable.getTable(
                farms,
                List.of(
                        column("SEED", f -> Long.toString(f.seed())),
                        column("PROFILES", FarmRun::knowledge),
                        column("MEAN", f -> "%.0f".formatted(f.meanTurnaround())),
                        column("P95", f -> "%.0f".formatted(f.p95Turnaround())),
                        column("WAVE 99%", f -> "%.0f".formatted(f.wave99())),
                        column("KILLS", f -> Integer.toString(f.kills())),
                        column("OF REPEATS", f -> Long.toString(f.killsOfRepeats())),
                        column("ALLOCATED/NEEDED", f -> "%.2f".formatted(f.allocatedToNeeded())))));
    }

    private static <T> ColumnData<T> column(String header, Function<T, String> text) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with(text);
    }
}

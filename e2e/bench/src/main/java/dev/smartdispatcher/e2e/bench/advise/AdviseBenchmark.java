package dev.smartdispatcher.e2e.bench.advise;

import dev.smartdispatcher.e2e.bench.advise.host.TestSet;
import dev.smartdispatcher.e2e.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Mean turnaround with the advisor's numbers in relation to the best there are, and to those of the formula. */
@Command(
        name = "advise",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description =
                "The configuration advisor against an exhaustive search and the formula of the Open Build Service.")
public final class AdviseBenchmark implements Callable<Integer> {
    @Option(
            names = "--hosts",
            defaultValue = "reported",
            description = "reported: those of the report; tuning: those on which the advisor's figures were chosen.")
    private String hosts;

    @Option(
            names = "--search-seeds",
            split = ",",
            defaultValue = "301",
            description = "Seeds of the jobs on which the best choice is searched.")
    private List<Long> searchSeeds;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "302,303,304",
            description = "Seeds of the jobs on which all are judged.")
    private List<Long> seeds;

    @Option(names = "--report", defaultValue = "e2e/target/reports/advise.json", description = "The report, as JSON.")
    private Path report;

    @Override
    public Integer call() throws IOException {
        var set = TestSet.shipped();
        var chosen = hosts.equals("tuning") ? set.tuning() : set.reported();
        var pairs = chosen.parallelStream()
                .flatMap(host -> set.mixes().stream().map(mix -> new Search(host, mix, searchSeeds, seeds).run()))
                .toList();
        new AdviseTables(pairs).print(System.out);
        JsonReport.write(report, Map.of("hosts", hosts, "searchSeeds", searchSeeds, "seeds", seeds, "pairs", pairs));
        System.out.println("Report: " + report);
        return 0;
    }
}

package dev.smartdispatcher.e2e.bench.advise;

import dev.smartdispatcher.e2e.bench.advise.choice.Advised;
import dev.smartdispatcher.e2e.bench.advise.choice.Grid;
import dev.smartdispatcher.e2e.bench.advise.choice.ObsFormula;
import dev.smartdispatcher.e2e.bench.advise.host.HostJobs;
import dev.smartdispatcher.e2e.bench.advise.host.HostRun;
import dev.smartdispatcher.e2e.bench.advise.host.Limits;
import dev.smartdispatcher.e2e.bench.advise.host.Mix;
import dev.smartdispatcher.e2e.bench.advise.host.Outcome;
import dev.smartdispatcher.e2e.bench.advise.host.TestHost;
import java.util.List;

/**
 * Runs the jobs of a host and a mix with every choice of its numbers. The best choice is found on some seeds and judged on others,
 * as the advisor's is: of many choices, one is always lucky with the jobs on which they were compared.
 */
final class Search {
    private final TestHost host;
    private final Mix mix;
    private final List<HostJobs> searched;
    private final List<HostJobs> judged;

    Search(TestHost host, Mix mix, List<Long> searchSeeds, List<Long> seeds) {
        this.host = host;
        this.mix = mix;
        searched =
                searchSeeds.stream().map(seed -> HostJobs.of(host, mix, seed)).toList();
        judged = seeds.stream().map(seed -> HostJobs.of(host, mix, seed)).toList();
    }

    Pair run() {
        return run(Grid.of(host));
    }

    /** With these choices alone. */
    Pair run(List<Limits> choices) {
        var advised = Advised.of(host, mix);
        Limits best = null;
        double least = Double.POSITIVE_INFINITY;
        for (var limits : choices) {
            double turnaround = turnaround(limits, searched);
            if (best == null || turnaround < least) {
                least = turnaround;
                best = limits;
            }
        }
        return new Pair(
                host.name(),
                mix.name(),
                turnaround(advised, judged),
                turnaround(ObsFormula.of(host), judged),
                turnaround(ObsFormula.flattered(host), judged),
                turnaround(best, judged),
                turnaround(advised, searched) / least,
                advised,
                best);
    }

    /** The mean of all seeds; infinite if some job can never run. */
    private double turnaround(Limits limits, List<HostJobs> draws) {
        try {
            return draws.stream()
                    .map(jobs -> HostRun.run(host, jobs, limits))
                    .mapToDouble(Outcome::meanTurnaround)
                    .average()
                    .orElseThrow();
        } catch (IllegalStateException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}

package dev.smartdispatcher.e2e.bench.simulate.profiles;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Run;
import dev.smartdispatcher.e2e.bench.simulate.report.Measures;
import java.util.Set;

/**
 * The farm with what is known of earlier builds.
 *
 * @param knowledge what the dispatcher had: nothing, profiles and what is done with them, or the truth
 * @param kills attempts that ran out of memory
 * @param killsOfRepeats those of packages that were built before
 * @param allocatedToNeeded mean ratio over the attempts of these that succeeded
 */
record FarmRun(
        long seed,
        String knowledge,
        double meanTurnaround,
        double p95Turnaround,
        double wave99,
        int kills,
        long killsOfRepeats,
        double allocatedToNeeded) {

    static FarmRun of(long seed, String knowledge, Run run, Set<Integer> repeats) {
        var measures = Measures.of(run, run);
        var ofRepeats = run.attempts().stream()
                .filter(a -> repeats.contains(a.start().request().index()))
                .toList();
        return new FarmRun(
                seed,
                knowledge,
                measures.meanTurnaround(),
                measures.p95Turnaround(),
                measures.wave99(),
                measures.kills(),
                ofRepeats.stream().filter(Attempt::killed).count(),
                ofRepeats.stream()
                        .filter(a -> !a.killed())
                        .mapToDouble(FarmRun::ratio)
                        .average()
                        .orElse(0));
    }

    private static double ratio(Attempt attempt) {
        var start = attempt.start();
        return (double) start.memory() / start.request().job().memory().at(start.processes());
    }
}

package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.api.profile.LearnedWork;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the newest runs that succeeded teach of work: medians, so that one absurd run moves nothing far. The time with N make jobs
 * is T(N) = W (s + (1 - s) / N), by Amdahl's law.
 */
final class WorkFit {
    private static final int NEWEST = 8;
    private static final double USUAL_SERIAL = 0.14;
    private static final double MOST_SERIAL = 0.95;
    private static final double LEAST_SPREAD = 0.1;
    private static final double MOST_SPREAD = 2;
    private static final double PERCENT = 100;

    private WorkFit() {}

    /**
     * The work that the runs were; empty if of none the time was measured.
     *
     * @param runs in order
     */
    static Optional<LearnedWork> of(List<Run> runs) {
        var measured = runs.stream().filter(WorkFit::isMeasured).toList();
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        var newest = measured.subList(Math.max(0, measured.size() - NEWEST), measured.size());
        double work = Math.max(1, median(newest, run -> run.ordinary(cpu(run))));
        var parallel = newest.stream().filter(r -> r.parallelism() >= 2).toList();
        double serial = parallel.isEmpty() ? USUAL_SERIAL : median(parallel, run -> serial(run, work));
        return Optional.of(new LearnedWork(
                Math.round(work), rounded(serial), rounded(spread(newest, work, serial)), newest.size()));
    }

    /** Seconds are whole ones: of a build of less than a second nothing is known but that. */
    private static boolean isMeasured(Run run) {
        return run.succeeded() && run.seconds() > 0;
    }

    /** No less than a second, and no more than all that its make jobs could have used: what a build reports may be anything. */
    private static double cpu(Run run) {
        return Math.max(1, Math.min(run.cpuSeconds(), (double) run.seconds() * run.parallelism() * 2));
    }

    private static double serial(Run run, double work) {
        int n = run.parallelism();
        double serial = (run.ordinary(run.seconds()) * n / work - 1) / (n - 1);
        return Math.max(0, Math.min(MOST_SERIAL, serial));
    }

    private static double spread(List<Run> runs, double work, double serial) {
        double mean = 0;
        double squares = 0;
        for (var run : runs) {
            double predicted = work * (serial + (1 - serial) / run.parallelism());
            double off = Math.log(run.ordinary(run.seconds()) / predicted);
            mean += off / runs.size();
            squares += off * off / runs.size();
        }
        double deviation = Math.sqrt(Math.max(0, squares - mean * mean));
        return Math.max(LEAST_SPREAD, Math.min(MOST_SPREAD, deviation));
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> value) {
        var sorted = runs.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double rounded(double value) {
        return Math.round(value * PERCENT) / PERCENT;
    }
}

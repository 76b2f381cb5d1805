package dev.smartdispatcher.e2e.bench.simulate.report;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Run;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One rule on one seed. Times in seconds; a turnaround is from arrival to end, a wait from arrival to the last start.
 *
 * @param p95BySize of jobs with less work than 60, 600, 6,000 core-seconds, and of the others
 * @param wave99 when 99 % of the jobs that were there at the start are done
 * @param waveLast when all of them are
 * @param utilisation work done in the hours of arrivals, as a part of what the farm could do
 * @param worstTenantP99WaitToSlots the largest, over tenants, of the p99 wait in relation to that under {@code slots}
 */
public record Measures(
        double meanTurnaround,
        double p95Turnaround,
        List<Double> p95BySize,
        double wave99,
        double waveLast,
        double longestWait,
        double utilisation,
        int kills,
        double worstTenantP99WaitToSlots,
        int leftOut) {
    private static final double[] SIZES = {60, 600, 6000, Double.POSITIVE_INFINITY};

    /** Of a run, beside one of the same farm under {@code slots}. */
    public static Measures of(Run run, Run slots) {
        var last = last(run);
        var turnarounds = turnarounds(last, job -> true);
        var wave = last.values().stream()
                .filter(a -> job(a).arrival() == 0)
                .mapToDouble(Attempt::end)
                .sorted()
                .toArray();
        return new Measures(
                Arrays.stream(turnarounds).average().orElse(0),
                Quantile.of(turnarounds, 0.95),
                bySize(last),
                Quantile.of(wave, 0.99),
                Quantile.of(wave, 1),
                last.values().stream().mapToDouble(Measures::wait).max().orElse(0),
                utilisation(run),
                (int) run.attempts().stream().filter(Attempt::killed).count(),
                worstTenant(last, last(slots)),
                run.leftOut().size());
    }

    private static Map<Integer, Attempt> last(Run run) {
        var last = new HashMap<Integer, Attempt>();
        run.attempts().forEach(a -> last.put(job(a).index(), a));
        return last;
    }

    private static List<Double> bySize(Map<Integer, Attempt> last) {
        var p95 = new Double[SIZES.length];
        double from = 0;
        for (int i = 0; i < SIZES.length; i++) {
            double least = from;
            double most = SIZES[i];
            p95[i] = Quantile.of(turnarounds(last, job -> job.work() >= least && job.work() < most), 0.95);
            from = most;
        }
        return List.of(p95);
    }

    private static double[] turnarounds(Map<Integer, Attempt> last, Predicate<Job> which) {
        return last.values().stream()
                .filter(a -> which.test(job(a)))
                .mapToDouble(a -> a.end() - job(a).arrival())
                .sorted()
                .toArray();
    }

    private static double utilisation(Run run) {
        double window = run.farm().hours() * 3600;
        double done = run.attempts().stream()
                .filter(a -> !a.killed())
                .mapToDouble(a -> job(a).work() * Math.max(0, Math.min(window, a.end()) - a.begin()) / a.seconds())
                .sum();
        double possible = run.farm().hosts().stream()
                .mapToDouble(h -> h.cores() * h.speed() / 100)
                .sum();
        return done / (possible * window);
    }

    private static double worstTenant(Map<Integer, Attempt> ours, Map<Integer, Attempt> slots) {
        var theirs = p99Waits(slots);
        return p99Waits(ours).entrySet().stream()
                .mapToDouble(e -> e.getValue() / Math.max(1, theirs.get(e.getKey())))
                .max()
                .orElse(0);
    }

    private static Map<Integer, Double> p99Waits(Map<Integer, Attempt> last) {
        var p99 = new TreeMap<Integer, Double>();
        last.values().stream()
                .map(a -> job(a).tenant())
                .distinct()
                .forEach(tenant -> p99.put(
                        tenant,
                        Quantile.of(
                                last.values().stream()
                                        .filter(a -> job(a).tenant() == tenant)
                                        .mapToDouble(Measures::wait)
                                        .sorted()
                                        .toArray(),
                                0.99)));
        return p99;
    }

    private static double wait(Attempt last) {
        return last.begin() - job(last).arrival();
    }

    private static Job job(Attempt attempt) {
        return attempt.start().request().job();
    }
}

package dev.smartdispatcher.e2e.bench.simulate.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is demanded of {@code ours} in relation to other rules, over all seeds.
 *
 * @param name what is compared with what
 * @param ratio ours divided by theirs, on one seed
 * @param median at most; or infinite
 * @param worst at most, on any seed; or infinite
 */
record Target(String name, ToDoubleFunction<SeedReport> ratio, double median, double worst) {
    private static final List<RuleName> OBS = List.of(RuleName.obs, RuleName.obs2, RuleName.obs4);

    /** Those that the project sets itself. */
    static final List<Target> ALL = List.of(
            new Target("mean turnaround / best of obs*", best(Measures::meanTurnaround), 0.65, 0.70),
            new Target("p95 turnaround / best of obs*", best(Measures::p95Turnaround), 0.70, Double.POSITIVE_INFINITY),
            new Target("99 % of the wave / obs", to(RuleName.obs), 0.90, 0.90),
            new Target("99 % of the wave / obs4", to(RuleName.obs4), 0.90, 0.90),
            new Target("99 % of the wave / obs2", to(RuleName.obs2), 1.00, Double.POSITIVE_INFINITY),
            new Target("kills / least of obs*", best(Measures::kills), 1.00, 1.00),
            new Target(
                    "a tenant's p99 wait / slots",
                    seed -> seed.of(RuleName.ours).worstTenantP99WaitToSlots(),
                    1.30,
                    1.50));

    private static ToDoubleFunction<SeedReport> best(ToDoubleFunction<Measures> measure) {
        return seed -> measure.applyAsDouble(seed.of(RuleName.ours))
                / OBS.stream()
                        .mapToDouble(rule -> measure.applyAsDouble(seed.of(rule)))
                        .min()
                        .orElseThrow();
    }

    private static ToDoubleFunction<SeedReport> to(RuleName rule) {
        return seed -> seed.of(RuleName.ours).wave99() / seed.of(rule).wave99();
    }

    /** Its ratios on all seeds, in ascending order. */
    double[] ratios(List<SeedReport> seeds) {
        return seeds.stream().mapToDouble(ratio).sorted().toArray();
    }

    /** Whether it is reached. */
    boolean holds(List<SeedReport> seeds) {
        var ratios = ratios(seeds);
        return median(ratios) <= median && Arrays.stream(ratios).allMatch(r -> r <= worst);
    }

    static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}

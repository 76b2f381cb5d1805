package dev.smartdispatcher.e2e.bench.simulate.profiles;

import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Each package built once more, with the memory that its profile gives: how often that was too little, and how much was given.
 *
 * @param runs earlier builds that the profile is made of
 * @param margin factor on the fit; 0: the operator's own, which depends on the number of runs
 * @param outOfMemoryPerThousand builds that needed more than they were given
 * @param allocatedToNeeded mean ratio
 */
record RepeatBuilds(int runs, double noise, double margin, double outOfMemoryPerThousand, double allocatedToNeeded) {
    private static final int[] PARALLELISMS = {1, 2, 4, 8};
    private static final double THOUSAND = 1000;

    /** A package and what is known of it. */
    record Known(Job job, BuildProfileStatus profile) {}

    static RepeatBuilds of(
            List<Known> packages, int runs, double noise, double margin, int repeats, RandomGenerator random) {
        long killed = 0;
        double ratios = 0;
        for (var known : packages) {
            var memory = known.profile().memory();
            double factor = margin == 0 ? memory.margin() : margin;
            for (int i = 0; i < repeats; i++) {
                int n = PARALLELISMS[random.nextInt(PARALLELISMS.length)];
                long needed =
                        EarlierBuilds.once(known.job().memory(), noise, random).at(n);
                double given =
                        factor * (Quantities.bytes(memory.base()) + (double) Quantities.bytes(memory.perProcess()) * n);
                killed += given < needed ? 1 : 0;
                ratios += given / needed;
            }
        }
        double builds = (double) packages.size() * repeats;
        return new RepeatBuilds(runs, noise, margin, THOUSAND * killed / builds, ratios / builds);
    }
}

package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.api.profile.LearnedMemory;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.profile.MemoryLine.Point;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What recent runs teach of memory. A run that ran out of it needed more than it was given: a fifth more, or 100Mi (as the Vertical Pod
 * Autoscaler assumes), until a later one with as many make jobs succeeds.
 */
final class MemoryFit {
    private static final long MI = 1L << 20;
    private static final double BUMP = 1.2;
    private static final long LEAST_BUMP = 100 * MI;

    private static final double LEAST_MARGIN = 1.12;
    private static final double MOST_MARGIN = 1.6;
    private static final double UNCERTAINTY = 0.5;

    private MemoryFit() {}

    /**
     * The memory that the runs needed; empty if none was measured.
     *
     * @param runs in order
     */
    static Optional<LearnedMemory> of(List<Run> runs) {
        var points = points(runs);
        if (points.isEmpty()) {
            return Optional.empty();
        }
        int succeeded =
                (int) runs.stream().filter(r -> r.succeeded() && r.memory() > 0).count();
        var line = MemoryLine.above(points);
        return Optional.of(
                new LearnedMemory(quantity(line.base()), quantity(line.perProcess()), margin(succeeded), succeeded));
    }

    /**
     * The factor by which a build gets more than past ones needed: for what differs from run to run, and for what sampling misses,
     * which is up to 14 % where samples are a second apart. It falls with the number of runs, since the largest of few is not much of
     * a bound. docs/simulator.md has the kills and the slack that it leads to.
     */
    static double margin(int runs) {
        double margin = Math.min(MOST_MARGIN, LEAST_MARGIN + UNCERTAINTY / Math.sqrt(Math.max(1, runs)));
        return Math.ceil(margin * 100) / 100;
    }

    private static List<Point> points(List<Run> runs) {
        var points = new ArrayList<Point>();
        int succeededWith = 0;
        // From the newest, so that what has succeeded later is known.
        for (int i = runs.size() - 1; i >= 0; i--) {
            var run = runs.get(i);
            if (run.succeeded()) {
                succeededWith = Math.max(succeededWith, run.parallelism());
            }
            if (run.memory() == 0) {
                continue;
            }
            if (run.result() != RunResult.OUT_OF_MEMORY) {
                points.add(new Point(run.parallelism(), run.memory()));
            } else if (succeededWith < run.parallelism()) {
                points.add(new Point(run.parallelism(), Math.max(BUMP * run.memory(), run.memory() + LEAST_BUMP)));
            }
        }
        return points;
    }

    private static Quantity quantity(double bytes) {
        return Quantities.ofBytes(Math.min(Quantities.MOST, (long) Math.ceil(bytes / MI) * MI));
    }
}
